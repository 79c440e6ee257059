import path from 'node:path';
import { mindThat } from '../../tests/support/engine-mind.js';
import { loadTexts } from '../texts/texts.js';
import { createEngine } from './engine.js';
import { readFlow } from './load-flows.js';
import type { IncomingContent } from './message.js';
import { readOfficeHours } from './office-hours.js';
import type { StepContext, StepResult, Talk } from './talk.js';
import { copyTalk, emptyTalk } from './talk-state.js';

const texts = loadTexts(path.join(process.cwd(), 'locales/vi/messages'));
const mind = mindThat();
/** Wednesday, 25 November 2026, 10:00 in Việt Nam. */
const NOW = Date.UTC(2026, 10, 25, 3, 0);
const MINUTE = 60_000;
let ids = 0;
const context = (change: Partial<StepContext> = {}): StepContext => ({
  now: NOW,
  newId: () => `id-${++ids}`,
  channel: 'zalo',
  danger: null,
  ...change,
});
const press = (id: string): IncomingContent => ({ kind: 'choice', id });
const write = (text: string): IncomingContent => ({ kind: 'text', text });

function flowFrom(name: string, rest: string) {
  const { flow, problems } = readFlow(`flow: ${name}\n${rest}`, `${name}.yaml`);
  if (!flow) throw new Error(problems.map(({ message }) => message).join());
  return flow;
}

/** An engine over these flows, and what it does with what a person says after the flow `x` began. */
function play(flows: ReturnType<typeof flowFrom>[], ...said: IncomingContent[]): StepResult {
  const engine = createEngine({ flows, texts, mind });
  return [press('flow:x'), ...said].reduce<StepResult>(
    (before, content) => engine.step(before.talk, content, context()),
    { talk: undefined as unknown as Talk, outgoing: [] },
  );
}
const placeOf = (result: StepResult) => {
  const at = copyTalk(result.talk)?.at;
  return at && { ...at, answers: at.answers.all() };
};
const asks = (key: string, rest: string) => `{ask: ${key}, ${rest}}`;

const ASKS = flowFrom(
  'x',
  `version: 1
start: age
steps:
  age: ${asks('ask.prompt', 'number: {save: age, min: 0, max: 17, age: true}, next: when, skip: when')}
  when: ${asks('ask.prompt', 'date: {save: when}, next: signs, skip: signs')}
  signs:
    ask: ask.prompt
    save: signs
    several: true
    choices:
      - {id: noise, label: menu.ask}
      - {id: wounds, label: menu.report}
      - {id: alone, label: menu.person}
    next: young
    skip: young
  young: {ask: ask.prompt, only: {answer: age, under: 10}, choices: [{id: a, label: menu.ask}], next: web, skip: web}
  web: {ask: ask.prompt, only: {channel: webchat}, choices: [{id: a, label: menu.ask}], next: last, skip: last}
  last: {ask: ask.prompt, text: {save: words, max: 100}, next: end}
`,
);

test('a number, a day in words and several choices are saved as what they are', () => {
  const result = play([ASKS], write('dạ con lớp ba'), write('tối qua'), write('1, 3'));
  expect(placeOf(result)).toMatchObject({
    step: 'young',
    answers: {
      age: 8,
      when: { words: 'tối qua', from: '2026-11-24', to: '2026-11-24' },
      signs: ['noise', 'alone'],
    },
  });
});

test('several choices may come one after the other, and a second press takes one out', () => {
  const picked = play([ASKS], write('12'), write('hồi hè'), write('1'), press('x.signs.alone'), write('1'));
  expect(picked.outgoing.at(-1)?.choices[2]?.label).toContain('✓');
  const done = createEngine({ flows: [ASKS], texts, mind }).step(picked.talk, press('keep'), context());
  expect(placeOf(done)).toMatchObject({
    step: 'last',
    answers: { signs: ['alone'], when: { words: 'hồi hè' } },
  });
});

test('a number out of its limits is asked again and nothing is saved', () => {
  expect(placeOf(play([ASKS], write('45')))).toMatchObject({ step: 'age', answers: {} });
});

test('a step whose condition does not hold is passed over', () => {
  const steps = ['12', 'hôm nay', 'bỏ qua'].map(write);
  expect(placeOf(play([ASKS], ...steps))).toMatchObject({ step: 'last' });
});

const OUTER = flowFrom(
  'x',
  `version: 1
start: first
steps:
  first: ${asks('ask.prompt', 'save: first, choices: [{id: a, label: menu.ask}], next: inner')}
  inner: {flow: y, next: last}
  last: ${asks('ask.prompt', 'save: last, choices: [{id: a, label: menu.ask}], next: end')}
`,
);
const INNER = flowFrom(
  'y',
  `version: 1
start: in1
steps:
  in1: ${asks('ask.prompt', 'save: in1, choices: [{id: b, label: menu.ask}], next: in2')}
  in2: ${asks('ask.prompt', 'save: in2, choices: [{id: c, label: menu.ask}], next: bye')}
  bye: {say: ask.prompt, offer: [x]}
`,
);

test('a called flow comes back to its caller, and the way back leads through it', () => {
  const through = play([OUTER, INNER], write('1'), write('1'), write('1'));
  expect(placeOf(through)).toMatchObject({
    flow: 'x',
    step: 'last',
    answers: { first: 'a', in1: 'b', in2: 'c' },
  });
  expect(through.outgoing[0]?.choices).toEqual([]);
  const back = play([OUTER, INNER], ...['1', '1', '1', 'quay lại'].map(write));
  expect(placeOf(back)).toMatchObject({ flow: 'y', step: 'in2' });
  const forth = play([OUTER, INNER], ...['1', '1', '1', 'quay lại', '1'].map(write));
  expect(placeOf(forth)).toEqual(placeOf(through));
  const start = play([OUTER, INNER], ...['1', '1', '1', 'quay lại', 'quay lại', 'quay lại'].map(write));
  expect(placeOf(start)).toMatchObject({ flow: 'x', step: 'first' });
});

test('a running talk moves to a newer version by its written rule, and begins fresh without one', () => {
  const engine = createEngine({ flows: [ASKS], texts, mind });
  const old = play([ASKS], write('9')).talk;
  const newer = (moves: string) =>
    flowFrom(
      'x',
      `version: 2\n${moves}start: day\nsteps:\n  day: {ask: ask.prompt, date: {save: day}, next: end}\n`,
    );
  const moved = createEngine({
    flows: [newer('moves: [{from: 1, steps: {when: day}, answers: {age: years}}]\n')],
    texts,
    mind,
  }).step(old, write('quay lại'), context());
  expect(moved.outgoing.map(({ text }) => text)).not.toContain(texts.say('repair.changed'));
  const unmoved = createEngine({ flows: [newer('')], texts, mind }).step(old, write('hôm qua'), context());
  expect(unmoved.outgoing[0]?.text).toBe(texts.say('repair.changed'));
  expect(placeOf(engine.step(old, write('hôm qua'), context()))).toMatchObject({ step: 'signs' });
});

describe('the clock', () => {
  const engine = createEngine({ flows: [ASKS], texts, mind });
  const asked = play([ASKS]);

  test('says once, after ten minutes, that we are still there, and nothing of the talk', () => {
    expect(asked.wakeAt).toBe(NOW + 10 * MINUTE);
    expect(engine.wake(asked.talk, context({ now: NOW + 9 * MINUTE })).outgoing).toEqual([]);
    const rung = engine.wake(asked.talk, context({ now: NOW + 10 * MINUTE }));
    expect(rung.outgoing.map(({ text }) => text)).toEqual([texts.say('conversation.still_there')]);
    expect(rung.wakeAt).toBe(NOW + 30 * MINUTE);
    expect(engine.wake(rung.talk, context({ now: NOW + 11 * MINUTE })).outgoing).toEqual([]);
  });

  test('then lets the talk fall asleep with nothing in it', () => {
    const slept = engine.wake(asked.talk, context({ now: NOW + 30 * MINUTE }));
    expect(slept).toEqual({ talk: emptyTalk(NOW), outgoing: [] });
  });

  test('what was told in danger is sent as it is, and nobody is told the code', () => {
    const flow = flowFrom(
      'x',
      `version: 1
start: words
silence: {send: send, note: report.will_go}
heard: words
steps:
  words: ${asks('ask.prompt', 'text: {save: words, max: 100}, next: more')}
  more: ${asks('ask.prompt', 'choices: [{id: a, label: menu.ask}], next: send')}
  send: {call: submit_report, outcomes: {ok: code}}
  code: {say: report.code, kind: code}
`,
    );
    const waking = createEngine({ flows: [flow], texts, mind });
    const begun = waking.step(undefined, press('flow:x'), context());
    const danger = { kind: 'violence', level: 'explicit', when: 'now' } as const;
    const told = waking.step(begun.talk, write('ba đập cửa'), context({ danger }));
    expect(told.outgoing.at(-1)?.text).toContain(texts.say('report.will_go'));
    const slept = waking.wake(told.talk, context({ now: NOW + 31 * MINUTE }));
    expect(slept.call).toMatchObject({
      action: 'submit_report',
      draft: { words: 'ba đập cửa', urgency: 'urgent' },
    });
    const after = waking.resume(
      slept.talk,
      { action: 'submit_report', result: 'ok', code: '0900000001' },
      context({ now: NOW + 31 * MINUTE }),
    );
    expect(after).toEqual({ talk: emptyTalk(NOW), outgoing: [] });
  });
});

test('while no hours are entered nothing is said of any', () => {
  const office = readOfficeHours(path.join(process.cwd(), 'data/office-hours.yaml'));
  expect(office(NOW)).toEqual({ state: 'unknown' });
});
