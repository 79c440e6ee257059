import { ANALYSED_CHARACTERS, normalise, readerOf } from './normalise.js';
import { parseSpelling } from './spelling.js';

const spelling = parseSpelling('# words\nk\tkhông\nquánh\tđánh\ncs\tcó / cuộc\nhbt\tkhông biết\n');
const words = (text: string) => normalise(text, spelling).words;
const forms = (text: string) => words(text).map((word) => word.forms);
const same = (one: string, other: string) => forms(one)[0]?.some((form) => form === forms(other)[0]?.[0]);

test.each([
  ['hoà', 'hòa'],
  ['thuý', 'thúy'],
  ['lý', 'lí'],
  ['ĐÁNH', 'đánh'],
  ['đánh'.normalize('NFD'), 'đánh'],
  ['khóccccc', 'khóc'],
  ['t.ử', 'tử'],
  ['h.i.ế.p', 'hiếp'],
  ['ch\u200bết', 'chết'],
  ['\u202eđau', 'đau'],
  ['khoong', 'không'],
  ['dduwowcj', 'được'],
  ['fải', 'phải'],
  ['đag', 'đang'],
  ['mìnk', 'mình'],
  ['d9anh1', 'đánh'],
  ['tre3', 'trẻ'],
  ['d9uo7c5', 'được'],
  ['kon', 'con'],
  ['đượk', 'được'],
  ['trák', 'trác'],
  ['cáck', 'cách'],
  ['pị', 'bị'],
  ['ngèo', 'nghèo'],
  ['qyền', 'quyền'],
  ['mìh', 'mình'],
  ['dzề', 'về'],
  ['chuịn', 'chuyện'],
  ['vịc', 'việc'],
  ['thỳ', 'thì'],
  ['quánh', 'đánh'],
])('%s is read as %s', (typed, meant) => {
  expect(same(typed, meant)).toBe(true);
});

test('all meanings of a short word are kept, several syllables take its place', () => {
  expect(words('cs').at(0)?.folded).toEqual(['cs', 'co', 'cuoc']);
  expect(words('hbt').map((word) => word.folded[0])).toEqual(['khong', 'biet']);
});

test('a message without marks is told apart from one with marks', () => {
  expect(normalise('em muon ve nha', spelling).bare).toBe(true);
  expect(normalise('em muốn về nhà', spelling).bare).toBe(false);
});

test('a sentence ends at its stop, not within dots or numbers', () => {
  expect(words('em buồn. mẹ la').map((word) => word.ends)).toEqual([false, true, false, true]);
  expect(words('em buồn... mẹ la').map((word) => word.ends)).toEqual([false, false, false, true]);
});

test('only the first part of a long text is read', () => {
  expect(words('a '.repeat(100_000)).length).toBeLessThanOrEqual(ANALYSED_CHARACTERS / 2);
});

test('a flood of nonsense leaves no trace in how the next message is read', () => {
  const others = parseSpelling('k\tkhông\n');
  const { lexicon } = readerOf(others);
  for (const name of ['cheets', 'chết', 'chet']) lexicon.of(name);
  lexicon.close();
  const nonsense = Array.from({ length: 200 }, (_, at) => `${'bcdghklmnp'[at % 10]}wz${at}q`).join(' ');
  normalise(`${nonsense} cheets`, others);
  const alone = normalise('cheets', others).words[0]?.forms;
  expect(alone).toEqual(words('cheets')[0]?.forms);
  expect(alone?.length).toBeGreaterThan(1);
});
