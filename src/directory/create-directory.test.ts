import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDirectory } from './create-directory.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'directory-'));
  cpSync('data', path.join(root, 'data'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function change(name: string, from: string | RegExp, to: string): void {
  const file = path.join(root, 'data', name);
  const before = readFileSync(file, 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

it('starts on the data as it stands', () => {
  expect(createDirectory({ root }).places).toHaveLength(102);
});

it.each<[string, string, string | RegExp, string, RegExp]>([
  ['broken JSON', 'places.json', '"units"', '"units', /data\/places\.json: cannot be parsed/],
  [
    'an unknown field',
    'places.json',
    '"island":false',
    '"iland":false',
    /data\/places\.json: not as expected[\s\S]*island/,
  ],
  [
    'a unit told twice',
    'places.json',
    '{"code":"30292"',
    '{"code":"30301"',
    /data\/places\.json: unit 30301 stands there twice/,
  ],
  [
    'a former commune that leads nowhere',
    'places.json',
    '"now":["30316","30325"]',
    '"now":["11111"]',
    /"Vĩnh Châu" points to unit 11111/,
  ],
  [
    'an agency without its parent',
    'agencies.yaml',
    'parent: so-tu-phap',
    'parent: so-luat',
    /data\/agencies\.yaml: "trung-tam-tgpl" has the parent "so-luat"/,
  ],
  [
    'levels in a circle',
    'agencies.yaml',
    'parent: null',
    'parent: so-y-te',
    /data\/agencies\.yaml: the levels above "ubnd-tinh" run in a circle/,
  ],
  [
    'an unknown agency in a rule',
    'competence.yaml',
    'province:so-noi-vu',
    'province:so-viec',
    /data\/competence\.yaml: "child_labour" names the agency "so-viec"/,
  ],
  [
    'a category without a rule',
    'competence.yaml',
    'categories: [trafficking]',
    'categories: [other]',
    /data\/competence\.yaml: category "trafficking" has no rule/,
  ],
  [
    'a gap in time',
    'competence.yaml',
    'effective_to: 2026-10-04',
    'effective_to: 2026-10-01',
    /data\/competence\.yaml: category "social_assistance"/,
  ],
])('refuses to start with %s, naming file and cause', (_, name, from, to, message) => {
  change(name, from, to);
  expect(() => createDirectory({ root })).toThrow(message);
});

it('refuses to start without a file', () => {
  rmSync(path.join(root, 'data', 'place-words.yaml'));
  expect(() => createDirectory({ root })).toThrow('data/place-words.yaml: cannot be read (ENOENT).');
});
