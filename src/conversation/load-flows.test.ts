import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeProblem, loadFlows, loadSoundFlows, readFlow } from './load-flows.js';

const good = 'flow: hello\nversion: 1\nstart: a\nsteps:\n  a:\n    say: welcome.hello\n';

test('a flow is read with its steps', () => {
  const { flow, problems } = readFlow(good, 'hello.yaml');
  expect(problems).toEqual([]);
  expect(flow?.steps.get('a')).toMatchObject({ kindOf: 'say', say: 'welcome.hello', next: 'end' });
});

test.each([
  ['a file that is not YAML', 'flow: [\n', /^x\.yaml:\d+: this is not YAML/],
  ['a misspelt word', good.replace('say:', 'says:'), /^x\.yaml:\d step a: says not what it does\. Give it/],
  ['an unknown word in a step', `${good}    nxt: b\n`, /^x\.yaml:\d step a: .*"nxt".*Remove it/],
  ['a missing version', good.replace('version: 1\n', ''), /^x\.yaml:1: "version"/],
  [
    'a label that is no key',
    good.replace('welcome.hello', '"Chào"'),
    /^x\.yaml:6 step a: "say".*key of a text/,
  ],
])('%s is named with file, line, step and cure', (_, yaml, expected) => {
  const { flow, problems } = readFlow(yaml, 'x.yaml');
  expect(flow).toBeUndefined();
  expect(problems.map(describeProblem)[0]).toMatch(expected);
});

test('a flow with which something is wrong is left out and named, the others live', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'flows-'));
  writeFileSync(path.join(folder, 'hello.yaml'), good);
  writeFileSync(path.join(folder, 'other.yaml'), good.replace('flow: hello', 'flow: other'));
  const file = path.join(folder, 'other.yaml');
  const { flows, problems } = loadSoundFlows(folder, () => [{ file, message: 'is sad. Cheer it up.' }]);
  rmSync(folder, { recursive: true });
  expect(flows.map(({ name }) => name)).toEqual(['hello']);
  expect(problems.map(describeProblem)).toEqual([`${file}: is sad. Cheer it up.`]);
});

test('one bad flow never stops the others', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'flows-'));
  writeFileSync(path.join(folder, 'bad.yaml'), 'flow: bad\nsteps: 5\n');
  writeFileSync(path.join(folder, 'good.yaml'), good);
  const { flows, problems } = loadFlows(folder);
  rmSync(folder, { recursive: true });
  expect(flows.map(({ name }) => name)).toEqual(['hello']);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.every(({ file }) => file.endsWith('bad.yaml'))).toBe(true);
});
