import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTexts } from '../texts/texts.js';
import { type AttachmentFile, readAttachments } from './attachments.js';
import { checkFlows } from './check-flows.js';
import { createTextCheck } from './check-texts.js';
import { drawFlow } from './draw-flows.js';
import { describeProblem, loadFlows, readFlow } from './load-flows.js';

const root = process.cwd();
const texts = loadTexts(path.join(root, 'locales/vi/messages'));
const { flows, problems } = loadFlows(path.join(root, 'flows'));

const files = new Map<string, AttachmentFile>([
  ['small.png', { bytes: 1000, kind: 'image' }],
  ['large.png', { bytes: 2_000_000, kind: 'image' }],
]);
const attach = (file: string, kind = 'image') =>
  `  a: {say: report.sent, attach: {kind: ${kind}, file: ${file}, alt: report.sent}}`;

function check(steps: string): string {
  const { flow } = readFlow(`flow: x\nversion: 1\nstart: a\nsteps:\n${steps}`, 'x.yaml');
  if (!flow) throw new Error('the flow must be readable');
  return checkFlows([flow], texts, files, new Set(['a']))
    .map(describeProblem)
    .join('\n');
}

test('all flows of the service can go live', () => {
  expect(
    [
      ...problems,
      ...checkFlows(flows, texts, readAttachments(path.join(root, 'locales/vi/attachments'))),
    ].map(describeProblem),
  ).toEqual([]);
});

test.each([
  ['an unknown step', '  a: {say: report.sent, next: b}', /step a: leads to "b", which is no step/],
  ['a step nobody reaches', '  a: {say: report.sent}\n  b: {say: report.sent}', /step b: no way leads here/],
  [
    'a loop without input',
    '  a: {say: report.sent, next: b}\n  b: {say: report.sent, next: a}',
    /without ever asking/,
  ],
  ['a missing text', '  a: {say: report.nothing_like_it}', /"report.nothing_like_it" does not exist/],
  ['a missing voice', '  a: {say: menu.ask}\n', /^$/],
  ['a question without answers', '  a: {ask: report.sent}', /asks but takes no answer/],
  [
    'a choice leading nowhere',
    '  a: {ask: report.sent, choices: [{id: b, label: menu.ask}]}',
    /leads nowhere/,
  ],
  ['an unknown flow', '  a: {goto: nowhere}', /"nowhere", which does not exist/],
  ['the line of a step', '  a: {say: report.sent, next: b}', /^x\.yaml:5 step a: leads to/],
  ['a condition on nothing', '  a: {say: report.sent, only: {answered: b}}', /"b", which nobody saves/],
  ['a branch by nothing', '  a: {branch: b, when: {}, else: end}', /branches by "b"/],
  ['a flow that calls itself', '  a: {flow: x}', /calls "x", which in the end calls "x"/],
  [
    'an unknown answer',
    '  a: {answer: nothing-there, none: report.sent}',
    /"nothing-there", which is not in/,
  ],
  ['two inputs', '  a: {ask: report.sent, code: true, date: {save: b}, next: end}', /two kinds of input/],
  [
    'several without a name',
    '  a: {ask: report.sent, several: true, choices: [{id: b, label: menu.ask}], next: end}',
    /saves none/,
  ],
])('%s is found', (_, steps, expected) => {
  expect(check(steps)).toMatch(expected);
});

describe('the texts', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'texts-'));
  writeFileSync(
    path.join(folder, 'x.yaml'),
    `telling: {child: "Con bị đánh.", teen: "Chào bạn.", adult: "Chào anh/chị."}
broken: "{a, select, yes {x}}"
long: {child: "${'một '.repeat(21)}.", teen: "Ngắn.", adult: "Ngắn."}
lonely: {teen: "Chào bạn."}
`,
  );
  writeFileSync(path.join(folder, 'lint.yaml'), 'telling: đánh | công an\n');
  const own = createTextCheck(loadTexts(folder));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['x.telling', true, /may stand last.*"đánh" \(child\)/],
    ['x.telling', false, /^$/],
    ['x.broken', false, /mistake between its braces/],
    ['x.long', false, /more than 20 words for a child/],
    ['x.lonely', false, /no child voice/],
    ['x.nowhere', false, /does not exist/],
  ])('%s (last: %s)', (key, last, expected) => {
    expect([...own.message(key, last)].join('\n')).toMatch(expected);
  });
});

test('a question has at most fourteen choices of its own', () => {
  const choices = (count: number) =>
    Array.from({ length: count }, (_, n) => `{id: c${n}, label: menu.ask, next: end}`).join(', ');
  expect(check(`  a: {ask: report.sent, choices: [${choices(15)}]}`)).toMatch(/has 15 choices/);
  expect(check(`  a: {ask: report.sent, choices: [${choices(14)}]}`)).toBe('');
});

test.each([
  ['none.png', /not in locales\/vi\/attachments/],
  ['large.png', /2000000 bytes, at most 1048576/],
  ['small.png', /^$/],
])('a file sent by a flow must be there and fit: %s', (file, expected) => {
  expect(check(attach(file))).toMatch(expected);
});

test('a file is what the flow says it is', () => {
  expect(check(attach('small.png', 'document'))).toMatch(/as document, which it is not/);
});

test('a drawing shows each step and the words of its choices', () => {
  const report = flows.find(({ name }) => name === 'report');
  if (!report) throw new Error('there must be a report flow');
  const drawn = drawFlow(report, texts);
  for (const name of report.steps.keys()) expect(drawn).toContain(`  ${name}`);
  expect(drawn).toContain(`|"${texts.say('report.safe.yes')}"|`);
});
