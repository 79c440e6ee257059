import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readOfficeHours } from './office-hours.js';

const folder = mkdtempSync(path.join(tmpdir(), 'hours-'));
const file = path.join(folder, 'hours.yaml');
writeFileSync(
  file,
  'weekly:\n  - {days: [mon, tue, wed, thu, fri], from: "07:00", to: "11:30"}\nclosed: [2026-11-27]\n',
);
afterAll(() => rmSync(folder, { recursive: true }));

/** Vietnamese local time in November 2026; the 23rd is a Monday. */
const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 10, day, hour - 7, minute);

test.each([
  ['Monday morning', at(23, 7), { state: 'open' }],
  ['Monday, the last minute', at(23, 11, 29), { state: 'open' }],
  ['Monday noon', at(23, 11, 30), { state: 'closed', opens: '07:00', opensOn: 'tomorrow' }],
  ['before work', at(24, 6), { state: 'closed', opens: '07:00', opensOn: 'today' }],
  ['the evening before a day off', at(26, 20), { state: 'closed', opens: '07:00', opensOn: 'mon' }],
])('%s', (_, now, expected) => {
  expect(readOfficeHours(file)(now)).toEqual(expected);
});

test('a file that says nonsense is named', () => {
  const bad = path.join(folder, 'bad.yaml');
  writeFileSync(bad, 'weekly: [{days: [monday], from: "7", to: "9"}]\n');
  expect(() => readOfficeHours(bad)).toThrow(/bad\.yaml/);
});
