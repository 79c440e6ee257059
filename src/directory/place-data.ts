import { z } from 'zod';
import { DirectoryDataError, readDataFile } from './data-file.js';
import type { Place } from './directory.js';

const code = z.string().regex(/^\d{5}$/, 'a code has five digits, written as text');
const districtCode = z.string().regex(/^\d{3}$/);
const province = z.enum(['Kiên Giang', 'An Giang']);
const units = z.array(code).min(1);
/** Last day of a name, or its year where no day is known. */
const until = z.string().regex(/^\d{4}(-\d{2}-\d{2})?$/);

const unit = z.strictObject({
  code,
  name: z.string().min(1),
  kind: z.enum(['xã', 'phường', 'đặc khu']),
  formerProvince: province,
  island: z.boolean(),
  border: z.boolean(),
  effectiveFrom: z.iso.date(),
});

const formerDistrict = z.strictObject({
  code: districtCode,
  name: z.string().min(1),
  kind: z.enum(['huyện', 'thị xã', 'thành phố']),
  province,
  until,
});

const formerCommune = z.strictObject({
  code: code.optional(),
  name: z.string().min(1),
  kind: z.enum(['xã', 'phường', 'thị trấn']),
  district: districtCode,
  /** What its district was called then, when that was not its last name. */
  districtThen: z.string().optional(),
  until,
  share: z.enum(['whole', 'part']),
  now: units,
});

const localName = z.strictObject({
  name: z.string().min(1),
  /** The former commune, else the former district, that it lies in. */
  commune: code.optional(),
  district: districtCode.optional(),
  now: units,
  confidence: z.enum(['high', 'medium', 'low']),
});

const placesFile = z.strictObject({
  title: z.string(),
  source: z.record(z.string(), z.unknown()),
  prepared: z.iso.date(),
  checkedUpTo: z.iso.date(),
  notes: z.array(z.string()),
  units: z.array(unit).min(1),
  formerDistricts: z.array(formerDistrict),
  formerCommunes: z.array(formerCommune),
  localNames: z.array(localName),
});

const spellings = z.array(z.string().min(1));

const wordsFile = z.strictObject({
  title: z.string(),
  source: z.string(),
  prepared: z.iso.date(),
  home: province,
  known_as: z.strictObject({
    commune: z.string().min(1),
    district: z.string().min(1),
    local: z.string().min(1),
    local_in_district: z.string().min(1),
  }),
  kinds: z.record(z.string(), spellings),
  neutral: spellings,
  old: spellings,
  new: spellings,
  ordinary: spellings,
  at: spellings,
});

export type FormerDistrict = z.infer<typeof formerDistrict>;
export type FormerCommune = z.infer<typeof formerCommune>;
export type PlaceWords = z.infer<typeof wordsFile>;

/** Everything about places: units of today, what they were made of, what people call them. */
export interface PlaceData {
  readonly places: readonly Place[];
  readonly formerDistricts: readonly FormerDistrict[];
  readonly formerCommunes: readonly FormerCommune[];
  readonly localNames: readonly z.infer<typeof localName>[];
  readonly words: PlaceWords;
}

/**
 * Reads data/places.json and data/place-words.yaml.
 * @throws DirectoryDataError also when a code appears twice or points to nothing.
 */
export function loadPlaceData(root: string): PlaceData {
  const file = readDataFile(root, 'places.json', placesFile);
  const words = readDataFile(root, 'place-words.yaml', wordsFile);
  checkCodes(file);
  return {
    places: file.units.map((one) => ({ ...one, fullName: withKind(one.kind, one.name) })),
    formerDistricts: file.formerDistricts,
    formerCommunes: file.formerCommunes,
    localNames: file.localNames,
    words,
  };
}

/** Puts values into "{name} …"; a template may name no other. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** "Phường Rạch Giá" of "phường" and "Rạch Giá". */
export function withKind(kind: string, name: string): string {
  return `${kind.charAt(0).toLocaleUpperCase('vi')}${kind.slice(1)} ${name}`;
}

function checkCodes(file: z.infer<typeof placesFile>): void {
  const fail = (cause: string): never => {
    throw new DirectoryDataError('data/places.json', cause);
  };
  const distinct = (list: readonly { code?: string | undefined }[], what: string): Set<string> => {
    const seen = new Set<string>();
    for (const one of list) {
      if (one.code === undefined) continue;
      if (seen.has(one.code)) fail(`${what} ${one.code} stands there twice.`);
      seen.add(one.code);
    }
    return seen;
  };
  const known = distinct(file.units, 'unit');
  const districts = distinct(file.formerDistricts, 'former district');
  const communes = distinct(file.formerCommunes, 'former commune');
  for (const one of [...file.formerCommunes, ...file.localNames]) {
    const lost = one.now.find((unitCode) => !known.has(unitCode));
    if (lost !== undefined) fail(`"${one.name}" points to unit ${lost}, which is not in the list.`);
    if (one.district !== undefined && !districts.has(one.district))
      fail(`"${one.name}" lies in district ${one.district}, which is not in the list.`);
  }
  for (const one of file.localNames) {
    if (one.commune === undefined && one.district === undefined)
      fail(`"${one.name}" needs the former commune or district that it lies in.`);
    if (one.commune !== undefined && !communes.has(one.commune))
      fail(`"${one.name}" lies in commune ${one.commune}, which is not in the list.`);
  }
}
