import type { Place } from './directory.js';
import type { FormerCommune, FormerDistrict, PlaceData } from './place-data.js';
import { fill, withKind } from './place-data.js';
import { spoken, wordsOf } from './spelling.js';

/** What a name can mean. One name may have several meanings: "Bình An" is a xã of today and two former ones. */
export interface Meaning {
  readonly age: 'today' | 'former' | 'local' | 'district' | 'province';
  /** Without kind, as `wordsOf` cuts it. */
  readonly words: readonly string[];
  /** The same as `spoken` spells it. */
  readonly spoken: readonly string[];
  /** Absent for names that are not of an administrative unit. */
  readonly kind?: string;
  /** The units of today meant by it, the likeliest first; none for a province. */
  readonly units: readonly Place[];
  readonly knownAs: string;
  /** Codes of the former districts it is or lies in. */
  readonly districts: ReadonlySet<string>;
  readonly province: string;
}

/** Every name in use, old and new. */
export function listMeanings(data: PlaceData): Meaning[] {
  const shown = data.words.known_as;
  const places = new Map(data.places.map((place) => [place.code, place]));
  const districts = new Map(data.formerDistricts.map((district) => [district.code, district]));
  const communes = new Map(
    data.formerCommunes.flatMap((commune) =>
      commune.code === undefined ? [] : [[commune.code, commune] as const],
    ),
  );
  const resolve = (codes: readonly string[]): Place[] =>
    codes.flatMap((code) => {
      const place = places.get(code);
      return place ? [place] : [];
    });
  const inDistrict = (code: string): FormerCommune[] =>
    data.formerCommunes.filter((commune) => commune.district === code);

  const today = data.places.map((place) => {
    const parts = data.formerCommunes.filter((commune) => commune.now.includes(place.code));
    return meaning('today', place.name, {
      kind: place.kind,
      units: [place],
      knownAs: place.fullName,
      districts: new Set(parts.map((commune) => commune.district)),
      province: place.formerProvince,
    });
  });
  const former = data.formerCommunes.map((commune) =>
    meaning('former', commune.name, {
      kind: commune.kind,
      units: resolve(commune.now),
      knownAs: fill(shown.commune, {
        name: withKind(commune.kind, commune.name),
        district: districtName(commune, districts, data.words.home),
      }),
      districts: new Set([commune.district]),
      province: districts.get(commune.district)?.province ?? '',
    }),
  );
  const ofDistricts = data.formerDistricts.map((district) =>
    meaning('district', district.name, {
      kind: district.kind,
      units: unitsOfDistrict(district, inDistrict(district.code), resolve),
      knownAs: fill(shown.district, {
        name: withKind(district.kind, district.name),
        province: district.province,
      }),
      districts: new Set([district.code]),
      province: district.province,
    }),
  );
  const local = data.localNames.map((one) => {
    const commune = one.commune === undefined ? undefined : communes.get(one.commune);
    const code = commune?.district ?? one.district ?? '';
    return meaning('local', one.name, {
      units: resolve(one.now),
      knownAs: fill(commune ? shown.local : shown.local_in_district, {
        name: one.name,
        commune: commune ? `${commune.kind} ${commune.name}` : '',
        district: districtName({ district: code }, districts, data.words.home),
      }),
      districts: new Set([code]),
      province: districts.get(code)?.province ?? '',
    });
  });
  const provinces = [...new Set(data.places.map((place) => place.formerProvince))].map((name) =>
    meaning('province', name, {
      kind: 'tỉnh',
      units: [],
      knownAs: withKind('tỉnh', name),
      districts: new Set(),
      province: name,
    }),
  );
  return [...today, ...former, ...ofDistricts, ...local, ...provinces];
}

function meaning(
  age: Meaning['age'],
  name: string,
  rest: Omit<Meaning, 'age' | 'words' | 'spoken'>,
): Meaning {
  const words = wordsOf(name);
  return { age, words, spoken: words.map(spoken), ...rest };
}

/** "huyện Châu Thành"; of two with one name, the one of the less likely province is told with it. */
function districtName(
  within: { readonly district: string; readonly districtThen?: string | undefined },
  districts: ReadonlyMap<string, FormerDistrict>,
  home: string,
): string {
  if (within.districtThen !== undefined)
    return within.districtThen.charAt(0).toLocaleLowerCase('vi') + within.districtThen.slice(1);
  const district = districts.get(within.district);
  if (!district) return '';
  const isNamesake = [...districts.values()].some(
    (other) => other.name === district.name && other.province !== district.province,
  );
  return `${district.kind} ${district.name}${isNamesake && district.province !== home ? `, ${district.province}` : ''}`;
}

/** The unit that kept the district's name first, then by how many former communes it took. */
function unitsOfDistrict(
  district: FormerDistrict,
  communes: readonly FormerCommune[],
  resolve: (codes: readonly string[]) => Place[],
): Place[] {
  const taken = new Map<string, number>();
  for (const code of communes.flatMap((commune) => commune.now)) taken.set(code, (taken.get(code) ?? 0) + 1);
  const weight = (place: Place): number =>
    (place.name === district.name ? 1000 : 0) + (taken.get(place.code) ?? 0);
  return resolve([...taken.keys()]).sort((a, b) => weight(b) - weight(a) || a.code.localeCompare(b.code));
}
