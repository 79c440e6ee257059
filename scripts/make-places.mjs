// Makes data/places.json from two reference lists (units of today with their former communes; former districts with
// spoken names). Only for whoever renews the data: `node scripts/make-places.mjs FOLDER`, FOLDER holding both lists.
// Nothing needs it at build, run or test.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
if (!folder) {
  console.error(
    'Usage: node scripts/make-places.mjs FOLDER   (with an-giang-2025.json and kien-giang-2024.json)',
  );
  process.exit(2);
}
const read = (name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
const today = read('an-giang-2025.json');
const before = read('kien-giang-2024.json');

const LAST_DAY = '2025-06-30';
const kindOf = (fullName, name) =>
  fullName
    .slice(0, fullName.length - name.length)
    .trim()
    .toLowerCase();

const units = today.units.map((unit) => ({
  code: unit.code,
  name: unit.name,
  kind: unit.type,
  formerProvince: unit.former_province,
  island: unit.island,
  border: unit.land_border,
  effectiveFrom: today.in_force_from,
}));

const districts = new Map();
const communes = new Map();
for (const unit of today.units) {
  for (const old of unit.former_units) {
    const name = old.district.replace(/^(huyện|thị xã|thành phố) /, '');
    districts.set(old.district_code, {
      code: old.district_code,
      name,
      kind: kindOf(old.district, name),
      province: old.province,
      until: LAST_DAY,
    });
    const known = communes.get(old.code);
    if (known) known.now.push(unit.code);
    else
      communes.set(old.code, {
        code: old.code,
        name: old.name,
        kind: old.type,
        district: old.district_code,
        until: LAST_DAY,
        share: old.share,
        now: [unit.code],
      });
  }
}

// Names that were gone before 2025. The lists give their end as "end of 2024" or as a year.
const earlier = [];
for (const old of before.abolished_earlier) {
  const city = [...districts.values()].find((one) => old.district.includes(one.name));
  for (const fullName of old.name.replace(/ \(.*\)/, '').split('; ')) {
    const [, kind, name] = /^(Xã|Phường|Thị trấn) (.+)$/.exec(fullName);
    const same = [...communes.values()].some((one) => one.name === name && one.kind === kind.toLowerCase());
    if (same) continue;
    earlier.push({
      name,
      kind: kind.toLowerCase(),
      district: city.code,
      ...(old.district.includes('Huyện') ? { districtThen: old.district.replace(/ \(.*\)/, '') } : {}),
      until: /2024/.test(old.until) ? '2024-12-31' : old.until,
      share: 'whole',
      now: old.now.map((one) => one.code),
    });
  }
}

// Islands and names that only people use. One that is also the name of a former commune is not repeated.
const former = [...communes.values(), ...earlier];
const local = [];
for (const spoken of before.spoken_place_names) {
  const [, kind, name, where] = /^(?:(xã|phường|thị trấn) )?([^(]+?)(?: \((.+)\))?$/.exec(spoken.old_place);
  const district = [...districts.values()].find(
    (one) => one.name === (where ?? name) && one.province === 'Kiên Giang',
  );
  const partOf = former.find(
    (one) => one.kind === kind && one.name === name && (!where || one.district === district?.code),
  );
  for (const words of spoken.spoken.split(', ')) {
    const own = words.replace(/^quần đảo /, '');
    if (former.some((one) => one.name === own && one.now.includes(spoken.now.code))) continue;
    local.push({
      name: own,
      ...(partOf ? { commune: partOf.code } : { district: district.code }),
      now: [spoken.now.code],
      confidence: spoken.confidence,
    });
  }
}

const lines = (list) => `[\n${list.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`;
writeFileSync(
  'data/places.json',
  `{
  "title": "Commune-level units of An Giang province today, and the names people knew before",
  "source": {
    "documents": ${JSON.stringify(today.province.legal_basis)},
    "lists": "National Statistics Office: conversion table of communes from 01/07/2025 and list of communes of 04/01/2025, as kept in public copies; former communes checked against the ministry's map list",
    "local": "Spoken names: press and local knowledge, each with its confidence; Vĩnh Bảo and the names until 2021 likewise"
  },
  "prepared": ${JSON.stringify(today.prepared)},
  "checkedUpTo": "2026-08-02",
  "notes": [
    "A unit of today keeps the code of one of its former communes: a code means something only together with its list.",
    "\`now\` holds the units of today; a former commune with share \\"part\\" was split among them.",
    "\`until\` is the last day of the name, or its year where no day was found. The first days of former names were not found."
  ],
  "units": ${lines(units)},
  "formerDistricts": ${lines([...districts.values()].sort((a, b) => (a.code < b.code ? -1 : 1)))},
  "formerCommunes": ${lines(former)},
  "localNames": ${lines(local)}
}
`,
);
console.log(
  `${units.length} units, ${districts.size} districts, ${former.length} former communes, ${local.length} local names`,
);
