import { ageBandOf } from './age-band.js';
import { type Features, likelySame, loadLikelySame } from './likely-same.js';

const rules = loadLikelySame(process.cwd());
const nearby = (code: string) => (code === '1' ? ['2'] : code === '2' ? ['1'] : []);
const at = (days: number) => new Date(Date.parse('2026-11-24T03:00:00Z') + days * 86_400_000);
const one: Features = { category: 'physical_abuse', placeCode: '1', ageBand: '6-11', receivedAt: at(0) };

it.each<[string, Partial<Features>, boolean]>([
  ['same place, kind, age, next day', { receivedAt: at(1) }, true],
  ['same place, kind, age, three weeks apart', { receivedAt: at(21) }, true],
  [
    'same place and kind on the next day, age not said',
    { ageBand: undefined as never, receivedAt: at(1) },
    true,
  ],
  ['the same, two weeks apart', { ageBand: undefined as never, receivedAt: at(15) }, false],
  ['told under a related name', { category: 'domestic_violence', receivedAt: at(2) }, true],
  ['the unit beside it', { placeCode: '2', receivedAt: at(2) }, true],
  [
    'the unit beside it and the age beside it',
    { placeCode: '2', ageBand: '12-15', receivedAt: at(2) },
    false,
  ],
  ['a child of another age', { ageBand: '16-17', receivedAt: at(0) }, false],
  ['another kind of matter', { category: 'civil_status', receivedAt: at(0) }, false],
  ['a place far away', { placeCode: '3', receivedAt: at(0) }, false],
  ['no place', { placeCode: undefined as never, receivedAt: at(0) }, false],
  ['too long ago', { receivedAt: at(-31) }, false],
])('%s', (_what, more, suggests) => {
  const other = { ...one, ...more };
  expect(likelySame(rules, one, other, nearby) > 0).toBe(suggests);
  expect(likelySame(rules, other, one, nearby)).toBe(likelySame(rules, one, other, nearby));
});

it.each([
  ['0', '0-5'],
  ['5', '0-5'],
  ['6', '6-11'],
  ['15', '12-15'],
  ['17', '16-17'],
  ['18', undefined],
  ['khoảng mười tuổi', undefined],
  [undefined, undefined],
])('age %s is in band %s', (age, band) => {
  expect(ageBandOf(age)).toBe(band);
});
