import path from 'node:path';
import fc from 'fast-check';
import { mindThat } from '../../tests/support/engine-mind.js';
import { loadTexts } from '../texts/texts.js';
import type { Answer } from '../understanding/answer.js';
import type { Danger, Found } from '../understanding/understanding.js';
import { createEngine } from './engine.js';
import type { Flow } from './flow-schema.js';
import { loadFlows, readFlow } from './load-flows.js';
import type { IncomingContent } from './message.js';
import type { StepContext, Talk } from './talk.js';
import { copyTalk, TALK_FORMAT } from './talk-state.js';

const root = process.cwd();
const texts = loadTexts(path.join(root, 'locales/vi/messages'));
const { flows } = loadFlows(path.join(root, 'flows'));
const mind = mindThat();
const engine = createEngine({ flows, texts, mind });

const NOW = Date.UTC(2026, 10, 2);
const VIOLENCE: Danger = { kind: 'violence', level: 'explicit', when: 'now' };
let ids = 0;
const context = (change: Partial<StepContext> = {}): StepContext => ({
  now: NOW,
  newId: () => `id-${++ids}`,
  channel: 'webchat',
  danger: null,
  ...change,
});
const write = (text: string): IncomingContent => ({ kind: 'text', text });
const press = (id: string): IncomingContent => ({ kind: 'choice', id });
const talkAfter = (...said: IncomingContent[]): Talk | undefined =>
  said.reduce<Talk | undefined>((talk, content) => engine.step(talk, content, context()).talk, undefined);

const placeOf = (talk: Talk) => {
  const at = copyTalk(talk)?.at;
  return at && { ...at, answers: at.answers.all() };
};

const hasWords = (content: IncomingContent) => 'text' in content && content.text !== undefined;

test('whatever a person sends in whatever order, each turn gives a way on and the card comes first in danger', () => {
  const ids = [
    'back',
    'skip',
    'help',
    'keep',
    'drop',
    'send_now',
    'keep_place',
    'person',
    'repeat',
    'forget',
  ];
  const ways = [
    'flow:report',
    'flow:follow_up',
    'flow:x',
    'answer:x',
    'place:30742',
    '..',
    'report.safe.unsafe',
  ];
  const content: fc.Arbitrary<IncomingContent> = fc.oneof(
    fc.constant<IncomingContent>({ kind: 'start' }),
    fc.constantFrom('1', '2', '3', 'có', 'không', 'quay lại', 'bỏ qua', 'gửi', 'sửa', 'xoá').map(write),
    fc.string({ maxLength: 60, unit: 'grapheme' }).map(write),
    fc.constantFrom(...ids, ...ways).map(press),
    fc.constantFrom<IncomingContent>(
      { kind: 'media', media: 'voice', source: 's' },
      { kind: 'media', media: 'photo', source: 's', text: 'nhà con' },
      { kind: 'edited', text: 'con nói lại' },
      { kind: 'location', latitude: 10, longitude: 105 },
      { kind: 'other', what: 'sticker' },
      { kind: 'other', what: 'unknown' },
      { kind: 'start', parameter: 'add' },
    ),
  );
  const turn = fc.record({ content, danger: fc.boolean(), minutes: fc.integer({ min: 0, max: 40 }) });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 25 }), (turns) => {
      let talk: Talk | undefined;
      let now = NOW;
      for (const { content, danger, minutes } of turns) {
        now += minutes * 60_000;
        const at = context({ now, danger: danger && hasWords(content) ? VIOLENCE : null });
        let result = engine.step(talk, content, at);
        const out = [...result.outgoing];
        if (result.call?.action === 'submit_report') {
          result = engine.resume(
            result.talk,
            { action: 'submit_report', result: 'ok', code: '0900000001\n0300000002' },
            at,
          );
          out.push(...result.outgoing);
        }
        expect(out.length).toBeGreaterThan(0);
        if (at.danger) expect(out[0]?.kind).toBe('danger');
        expect(out.every((message) => message.text.trim() !== '' && message.choices.length <= 19)).toBe(true);
        talk = result.forget ? undefined : (JSON.parse(JSON.stringify(result.talk)) as Talk);
      }
    }),
    { numRuns: 300 },
  );
});

test('the same input gives the same output and leaves the talk it was given as it was', () => {
  const talk = talkAfter(press('flow:report'), write('có'));
  const before = JSON.stringify(talk);
  const [first, second] = [1, 2].map(() =>
    engine.step(talk, write('bỏ qua'), context({ newId: () => 'id' })),
  );
  expect(first).toEqual(second);
  expect(JSON.stringify(talk)).toBe(before);
});

test('a talk in a flow that has changed since begins fresh, kindly', () => {
  const newer = flows.map((flow): Flow => ({ ...flow, version: flow.version + 1 }));
  const result = createEngine({ flows: newer, texts, mind }).step(
    talkAfter(press('flow:report')),
    press('report.safe.safe'),
    context(),
  );
  expect(result.outgoing[0]?.text).toBe(texts.say('repair.changed'));
  expect(copyTalk(result.talk)?.at).toBeUndefined();
  expect(result.outgoing.at(-1)?.choices.length).toBeGreaterThan(0);
});

test('a talk of before goes on: its format and its flow are moved by written rules', () => {
  const at = {
    flow: 'report',
    version: 1,
    step: 'words',
    path: ['safe', 'what', 'where', 'office'],
    answers: { safe: 'safe', category: 'neglect' },
    page: 1,
  };
  const stored = { format: 1, lastHeard: NOW, at };
  const told = engine.step(stored, write('ở nhà một mình hoài'), context());
  expect(told.outgoing.map(({ text }) => text)).toEqual([texts.say('report.wish.ask')]);
  expect(told.talk).toHaveProperty('0', TALK_FORMAT);
  expect(placeOf(told.talk)).toMatchObject({
    version: 3,
    step: 'wish',
    answers: { category: 'neglect', words: 'ở nhà một mình hoài' },
  });
});

test('a talk of an unknown format begins fresh', () => {
  const result = engine.step({ format: 99, lastHeard: NOW, at: 5 }, write('gửi tin báo'), context());
  expect(copyTalk(result.talk)?.at).toMatchObject({ flow: 'report', step: 'safe' });
});

test('when nothing can be stored the card comes in danger, else one sentence with 111', () => {
  const card = engine.withoutStore(context({ danger: VIOLENCE }));
  expect(card).toHaveLength(1);
  expect(card[0]).toMatchObject({ kind: 'danger', text: expect.stringMatching(/113.*111/s) });
  const sentence = engine.withoutStore(context());
  expect(sentence).toHaveLength(1);
  expect(sentence[0]?.text).toContain('111');
});

test('an outcome nobody waits for is harmless', () => {
  const outcome = { action: 'submit_report', result: 'ok', code: '0900000001\n0300000002' } as const;
  const result = engine.resume({ format: 1, lastHeard: NOW }, outcome, context());
  expect(result.outgoing.map(({ text }) => text).join()).not.toContain('0900000001');
});

test('the code is said once and never kept in the talk', () => {
  const asked = engine.step(
    talkAfter(press('flow:report'), ...Array.from({ length: 11 }, () => press('skip'))),
    press('report.summary.send'),
    context(),
  );
  expect(asked.call?.action).toBe('submit_report');
  const outcome = { action: 'submit_report', result: 'ok', code: '0900 000 001\n0300 000 002' } as const;
  const result = engine.resume(asked.talk, outcome, context());
  expect(result.outgoing.filter(({ kind }) => kind === 'code').map(({ text }) => text)).toEqual([
    outcome.code,
  ]);
  expect(JSON.stringify(result.talk)).not.toContain('0900');
});

test('words told before a report, and words of the report, leave the talk when it was sent', () => {
  const told = engine.step(undefined, write('ba đánh con đau lắm'), context({ danger: VIOLENCE })).talk;
  const begun = engine.step(told, press('flow:report'), context()).talk;
  const sent = engine.step(begun, press('send_now'), context());
  expect(sent.call).toMatchObject({ draft: { words: 'ba đánh con đau lắm', urgency: 'urgent' } });
  const after = engine.resume(
    sent.talk,
    { action: 'submit_report', result: 'ok', code: 'x' },
    context(),
  ).talk;
  expect(JSON.stringify(after)).not.toContain('đau lắm');
});

test('a flow that goes round by itself ends instead of hanging', () => {
  const round = readFlow(
    'flow: round\nversion: 1\nstart: a\nsteps:\n  a: {say: report.sent, next: b}\n  b: {branch: x, when: {}, else: a}\n',
    'round.yaml',
  ).flow;
  if (!round) throw new Error('the flow must be readable');
  const result = createEngine({ flows: [round], texts, mind }).step(
    undefined,
    press('flow:round'),
    context(),
  );
  expect(result.outgoing.length).toBeLessThanOrEqual(50);
  expect(copyTalk(result.talk)?.at).toBeUndefined();
});

test('own words told instead of a category pick the one they are about, and go with the report', () => {
  const answer = { id: 'a', topic: 'neglect', title: 'a' } as unknown as Answer;
  const knowing = {
    ...mind,
    findAnswers: () => ({ outcome: 'suggest', answers: [{ answer, score: 0.8 }] }) as Found,
  };
  const clever = createEngine({ flows, texts, mind: knowing });
  const talk = talkAfter(press('flow:report'), write('có'));
  const told = clever.step(talk, write('mẹ đi làm suốt, không ai nấu cơm'), context());
  expect(placeOf(told.talk)).toMatchObject({
    step: 'to_whom',
    answers: { category: 'neglect', words: 'mẹ đi làm suốt, không ai nấu cơm' },
  });
});
