import { createDirectory } from './create-directory.js';
import type { Agency } from './directory.js';
import { levelsAbove, offerable, recipientsOf } from './receivers.js';

const directory = createDirectory({ root: process.cwd() });
const agency = (id: string) => directory.agency(id) as Agency;
const all = () => true;

it.each<[string, string[], (id: string) => boolean, string[]]>([
  ['the lead and the level above it', [], all, ['ubnd-30742', 'so-y-te']],
  ['the next level when the one above is excluded', ['so-y-te'], all, ['ubnd-30742', 'ubnd-tinh']],
  ['the next level when the one above has no key', [], (id) => id !== 'so-y-te', ['ubnd-30742', 'ubnd-tinh']],
  ['the level above alone when the lead has no key', [], (id) => id === 'so-y-te', ['so-y-te']],
  ['nobody when all are excluded', ['ubnd-30742', 'so-y-te', 'ubnd-tinh'], all, []],
])('seals to %s', (_what, excluded, hasKey, recipients) => {
  const lead = agency('ubnd-30742');
  expect(recipientsOf({ lead }, directory, new Set(excluded), hasKey)).toEqual(recipients);
});

it('seals to the level above of the kind of harm, where routing says so', () => {
  const competence = directory.competentFor({
    category: 'school_violence',
    placeCode: '30742',
    on: '2026-11-26',
    isOpen: all,
    excluded: [],
  });
  expect(recipientsOf(competence, directory, new Set(), all)).toEqual(['ubnd-30742', 'so-gddt']);
});

it('offers to everybody but the excluded', () => {
  expect(offerable(new Set(['so-y-te']), ['so-y-te', 'ubnd-tinh'])).toEqual(['ubnd-tinh']);
  expect(levelsAbove(directory, 'trung-tam-ctxh').map(({ id }) => id)).toEqual(['so-y-te', 'ubnd-tinh']);
  expect(levelsAbove(directory, 'unknown')).toEqual([]);
});
