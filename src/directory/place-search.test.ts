import { createDirectory } from './create-directory.js';
import { loadPlaceData } from './place-data.js';
import { fold } from './spelling.js';

const root = process.cwd();
const directory = createDirectory({ root });
const data = loadPlaceData(root);

const codes = (text: string, limit?: number) =>
  directory.findPlaces(text, limit).map((match) => match.place.code);
const best = (text: string) => directory.findPlaces(text)[0];
const plain = (text: string) => fold(text.toLowerCase());

describe('the units of today', () => {
  it('are 102: 85 xã, 14 phường, 3 đặc khu; 48 of former Kiên Giang; 6 on islands, 14 at the land border', () => {
    const count = (test: (place: (typeof directory.places)[number]) => boolean) =>
      directory.places.filter(test).length;
    expect(new Set(directory.places.map((place) => place.code)).size).toBe(102);
    expect(count((place) => place.kind === 'xã')).toBe(85);
    expect(count((place) => place.kind === 'phường')).toBe(14);
    expect(count((place) => place.kind === 'đặc khu')).toBe(3);
    expect(count((place) => place.formerProvince === 'Kiên Giang')).toBe(48);
    expect(count((place) => place.island)).toBe(6);
    expect(count((place) => place.border)).toBe(14);
  });

  it('were made of 143 communes of Kiên Giang and 155 of An Giang, three of them split', () => {
    const last = data.formerCommunes.filter((commune) => commune.until === '2025-06-30');
    const provinceOf = new Map(data.formerDistricts.map((district) => [district.code, district.province]));
    expect(last.filter((commune) => provinceOf.get(commune.district) === 'Kiên Giang')).toHaveLength(143);
    expect(last.filter((commune) => provinceOf.get(commune.district) === 'An Giang')).toHaveLength(155);
    expect(last.filter((commune) => commune.now.length > 1).map((commune) => commune.name)).toEqual([
      'Vĩnh Châu',
      'Phú Hội',
      'Phước Hưng',
    ]);
  });

  it.each(directory.places.map((place) => [place.fullName, place.code]))(
    '%s is found first by its name',
    (name, code) => {
      expect(best(name)).toMatchObject({ place: { code }, knownAs: name, score: 1 });
      expect(codes(plain(name))[0]).toBe(code);
    },
  );
});

const former = data.formerCommunes.map((commune) => {
  const district = data.formerDistricts.find((one) => one.code === commune.district);
  if (!district) throw new Error(`no district ${commune.district}`);
  const where = `${district.kind} ${district.name} ${district.province}`;
  return { name: `${commune.kind} ${commune.name}`, where, now: commune.now };
});

describe('every former commune', () => {
  it.each(former)('$name, $where: finds its units, with diacritics and without', ({ name, where, now }) => {
    for (const text of [`${name}, ${where}`, plain(`${name} ${where}`)]) {
      expect(codes(text).slice(0, now.length).sort()).toEqual([...now].sort());
    }
    expect(codes(name, 20)).toEqual(expect.arrayContaining(now));
    expect(codes(plain(name), 20)).toEqual(expect.arrayContaining(now));
  });

  it.each(data.localNames)('$name, as people say it', ({ name, now }) => {
    expect(codes(name)[0]).toBe(now[0]);
    expect(codes(plain(name))[0]).toBe(now[0]);
  });

  it.each(data.formerDistricts)(
    '$kind $name $province: finds all its units',
    ({ code, kind, name, province }) => {
      const units = new Set(
        data.formerCommunes.filter((one) => one.district === code).flatMap((one) => one.now),
      );
      const found = codes(`${kind} ${name}, tỉnh ${province}`, 20);
      expect(found).toEqual(expect.arrayContaining([...units]));
    },
  );
});

describe('a name as people type it', () => {
  it.each([
    ['rach gia', '30742', 'Phường Rạch Giá'],
    ['RẠCH GIÁ', '30742', 'Phường Rạch Giá'],
    ['rạch giá'.normalize('NFD'), '30742', 'Phường Rạch Giá'],
    ['tp.rach gia', '30742', 'Thành phố Rạch Giá (tỉnh Kiên Giang cũ)'],
    ['rachgia', '30742', 'Phường Rạch Giá'],
    ['gạch giá', '30742', 'Phường Rạch Giá'],
    ['rach gai', '30742', 'Phường Rạch Giá'],
    ['Kiên Lương', '30787', 'Xã Kiên Lương'],
    ['kien luon', '30787', 'Xã Kiên Lương'],
    ['thị trấn Minh Lương', '30880', 'Thị trấn Minh Lương (huyện Châu Thành cũ)'],
    ['tt. minh luong', '30880', 'Thị trấn Minh Lương (huyện Châu Thành cũ)'],
    ['đảo Hòn Tre', '31108', 'Xã Hòn Tre (huyện Kiên Hải cũ)'],
    ['Phú Quốc', '31078', 'Đặc khu Phú Quốc'],
    ['thổ chu', '31105', 'Đặc khu Thổ Châu'],
    ['long xuyên', '30307', 'Phường Long Xuyên'],
    ['U Minh Thượng', '31027', 'Xã U Minh Thượng'],
    ['u minh', '31027', 'Xã U Minh Thượng'],
    ['Hoà Điền', '30790', 'Xã Hòa Điền'],
    ['xã vỉnh thuận', '31069', 'Xã Vĩnh Thuận'],
    ['x. Tan Thanh h. An Minh', '31031', 'Xã Tân Thạnh'],
    ['em ở gần chợ rạch giá', '30742', 'Phường Rạch Giá'],
    ['nhà con ở hòn tre kiên hải', '31108', 'Xã Hòn Tre (huyện Kiên Hải cũ)'],
    ['ấp 3 xã thạnh đông a', '30874', 'Xã Thạnh Đông A (huyện Tân Hiệp cũ)'],
    ['dạ con ở xã hòn nghệ á cô', '30814', 'Xã Hòn Nghệ'],
  ])('%s', (text, code, knownAs) => {
    expect(best(text)).toMatchObject({ place: { code }, knownAs });
  });

  it('tells apart equal names by the former district', () => {
    expect(codes('Bình An huyện Châu Thành')).toEqual(['30898']);
    expect(codes('Bình An Kiên Lương')).toEqual(['30787']);
    expect(codes('thanh loc giong rieng')).toEqual(['30910']);
    expect(codes('Thạnh Lộc, Châu Thành')).toEqual(['30886']);
  });

  it('tells apart equal names by kind, by diacritics, by "cũ"', () => {
    expect(codes('thị trấn Vĩnh Thuận')).toEqual(['31051']);
    expect(codes('Vĩnh Thạnh')).toEqual(['30943']);
    expect(best('xã Thạnh Đông cũ')?.knownAs).toBe('Xã Thạnh Đông (huyện Tân Hiệp cũ)');
  });

  it('offers several units, best first, when a name means several', () => {
    expect(codes('Bình An')).toEqual(['30898', '30787']);
    expect(codes('huyện Châu Thành', 3)).toEqual(['30880', '30886', '30898']);
    expect(codes('vinh thanh')).toEqual(['30742', '30943', '30589']);
    expect(codes('Châu Thành')).toHaveLength(5);
  });

  it.each([
    '',
    '   ',
    '😀',
    'asdf qwer',
    'ap bac',
    'kiên giang',
    'con',
    '12345',
    'con bị đánh ở nhà',
    'ăn mình',
    'hôm thứ ba con nghỉ học ở trường',
  ])('finds nothing in "%s"', (text) => {
    expect(codes(text)).toEqual([]);
  });
});

it('answers short texts in well under a millisecond, and the longest in a few', () => {
  const each = (text: string, times: number) => {
    const start = performance.now();
    for (let run = 0; run < times; run += 1) directory.findPlaces(text);
    return (performance.now() - start) / times;
  };
  each('em ở gần chợ rạch gia', 200);
  expect(each('em ở gần chợ rạch gia', 500)).toBeLessThan(1);
  expect(each('nhà em ở xa '.repeat(350), 20)).toBeLessThan(25);
});
