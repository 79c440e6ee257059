import path from 'node:path';
import fc from 'fast-check';
import { mindThat } from '../../tests/support/engine-mind.js';
import { loadTexts } from '../texts/texts.js';
import type { Danger } from '../understanding/understanding.js';
import { createEngine } from './engine.js';
import { loadFlows } from './load-flows.js';
import { CHANNEL_NAMES, type ChannelName, type IncomingContent, type Outgoing } from './message.js';
import type { Call, CallOutcome, StepContext, StepResult, Talk } from './talk.js';
import { copyTalk } from './talk-state.js';

/** Random walks over every flow on every channel: what must hold whatever a person does. */
const root = process.cwd();
const texts = loadTexts(path.join(root, 'locales/vi/messages'));
const { flows } = loadFlows(path.join(root, 'flows'));
const mind = mindThat();
let stepsTaken = 0;
const engine = createEngine({
  flows,
  texts,
  mind,
  trace: (_flow, _step, way) => {
    if (way === undefined) stepsTaken += 1;
  },
});

const NOW = Date.UTC(2026, 10, 2);
const DANGER: Danger = { kind: 'violence', level: 'explicit', when: 'now' };
let ids = 0;
const contextOn = (channel: ChannelName, change: Partial<StepContext> = {}): StepContext => ({
  now: NOW,
  newId: () => `id-${++ids}`,
  channel,
  danger: null,
  ...change,
});

function outcomeOf(call: Call, luck: number): CallOutcome {
  if (call.action === 'submit_report')
    return { action: call.action, result: 'ok', code: '0912 345 678\n0387 654 321' };
  if (call.action === 'write_to_case')
    return { action: call.action, result: luck % 2 === 0 ? 'ok' : luck % 3 === 0 ? 'has_code' : 'closed' };
  if (call.action === 'change_mailbox')
    return {
      action: call.action,
      result: 'ok',
      ...(call.change === 'second_code' ? { code: '0988 111 222\n0355 333 444' } : {}),
    };
  const state = luck % 3 === 0 ? 'closed' : 'accepted';
  if (luck % 7 === 6) return { action: call.action, result: 'lesson' };
  if (luck % 5 === 4) return { action: call.action, result: 'wrong' };
  return { action: call.action, result: 'ok', mailbox: 'm', state, replies: [] };
}

interface Turn {
  readonly talk: Talk;
  readonly out: readonly Outgoing[];
  readonly calls: readonly Call[];
  readonly forget: boolean;
  readonly steps: number;
}

/** One turn as the service runs it: the calls performed, the talk as it comes back from the database. */
function turn(talk: Talk | undefined, said: IncomingContent, context: StepContext, luck = 0): Turn {
  stepsTaken = 0;
  const out: Outgoing[] = [];
  const calls: Call[] = [];
  let forget = false;
  const keep = (result: StepResult) => {
    out.push(...result.outgoing);
    forget ||= result.forget === true;
    return JSON.parse(JSON.stringify(result.talk)) as Talk;
  };
  let result = engine.step(talk, said, context);
  let saved = keep(result);
  while (result.call) {
    calls.push(result.call);
    result = engine.resume(saved, outcomeOf(result.call, luck), context);
    saved = keep(result);
  }
  return { talk: saved, out, calls, forget, steps: stepsTaken };
}

const atOf = (talk: Talk | undefined) => talk && copyTalk(talk)?.at;
const press = (id: string): IncomingContent => ({ kind: 'choice', id });
const write = (text: string): IncomingContent => ({ kind: 'text', text });
const choicesOf = (out: readonly Outgoing[]) =>
  out.findLast(({ choices }) => choices.length > 0)?.choices ?? [];

/** A press of a button that is there, by a number that chooses among them, or something written. */
const move = fc.oneof(
  { weight: 6, arbitrary: fc.record({ button: fc.nat(30) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      text: fc.constantFrom(
        '8 tuổi',
        'tối qua',
        '1, 2',
        'bỏ qua',
        'quay lại',
        'gửi',
        'sửa nơi xảy ra',
        'không',
        'có',
        'con kể là ba la hoài con sợ lắm',
        '0912345678 0387654321',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ file: true }, { pin: true }, { sticker: true }) },
);
type Move = { button?: number; text?: string; file?: boolean; pin?: boolean; sticker?: boolean };

function contentOf(each: Move, out: readonly Outgoing[]): IncomingContent {
  const there = choicesOf(out).filter(({ id }) => id !== 'forget');
  if (each.text !== undefined) return write(each.text);
  if (each.file) return { kind: 'media', media: 'photo', source: 's' };
  if (each.pin) return { kind: 'location', latitude: 10, longitude: 105 };
  if (each.sticker) return { kind: 'other', what: 'sticker' };
  const picked = there[(each.button ?? 0) % Math.max(1, there.length)];
  return picked ? press(picked.id) : write('bỏ qua');
}

describe.each(CHANNEL_NAMES)('on %s', (channel) => {
  test.each(flows.map(({ name }) => name))('no walk from the flow %s ends in nothing', (name) => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 25 }), fc.nat(10), (moves, luck) => {
        let now = turn(undefined, press(`flow:${name}`), contextOn(channel), luck);
        for (const each of moves as Move[]) {
          const content = contentOf(each, now.out);
          const evidence = content.kind === 'media' ? { evidence: `f${++ids}` } : {};
          now = turn(now.talk, content, contextOn(channel, evidence), luck);
          expect(now.steps).toBeLessThanOrEqual(50);
          expect(now.out.length).toBeGreaterThan(0);
          const last = now.out.at(-1);
          expect(now.forget || choicesOf(now.out).length > 0 || last?.input !== undefined).toBe(true);
          expect(last?.text.trim()).not.toBe('');
        }
      }),
      { numRuns: 25 },
    );
  });
});

test('back and then the same answer again is where one was', () => {
  let compared = 0;
  const starts = flows.map(({ name }) => name);
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.array(fc.nat(30), { maxLength: 12 }),
      fc.nat(30),
      (name, moves, last) => {
        const context = contextOn('webchat');
        const own = (out: readonly Outgoing[], at = atOf(undefined)) =>
          choicesOf(out).filter(({ id }) => at && id.startsWith(`${at.flow}.${at.step}.`));
        let now = turn(undefined, press(`flow:${name}`), context);
        for (const place of moves) {
          const there = own(now.out, atOf(now.talk));
          const picked = there[place % Math.max(1, there.length)];
          now = turn(now.talk, picked ? press(picked.id) : press('skip'), context);
        }
        const before = now;
        const at = atOf(before.talk);
        const there = own(before.out, at);
        const picked = there[last % Math.max(1, there.length)];
        if (!at || !picked) return;
        const after = turn(before.talk, press(picked.id), context);
        // Several may be picked without leaving; a call or an end takes the way back away.
        const then = atOf(after.talk);
        if (!then || after.calls.length > 0 || (then.flow === at.flow && then.step === at.step)) return;
        if (then.path === '') return;
        const back = turn(after.talk, press('back'), context);
        expect(atOf(back.talk)).toMatchObject({ flow: at.flow, step: at.step });
        compared += 1;
        const again = turn(back.talk, press(picked.id), context);
        expect(atOf(again.talk)).toEqual(then);
        // What happens after a silence is said once, so it may be left out the second time.
        const asked = again.out.at(-1)?.text ?? '?';
        expect(after.out.at(-1)?.text.endsWith(asked)).toBe(true);
      },
    ),
    { numRuns: 1500 },
  );
  expect(compared).toBeGreaterThan(100);
});

test('nothing that was told is lost: every word and every file comes with the report', () => {
  const story = fc.constantFrom(
    'ba hay la con',
    'mẹ đi làm xa nên con ở một mình',
    'con không dám về nhà nữa đâu',
  );
  const told = fc.oneof(
    fc.record({ story }),
    fc.constant({ file: true }),
    fc.record({ skip: fc.constantFrom('bỏ qua', 'nhắc lại', 'trợ giúp') }),
    fc.constant({ skip: 'quay lại' }),
  );
  fc.assert(
    fc.property(fc.array(told, { maxLength: 12 }), fc.boolean(), (said, danger) => {
      const context = (change: Partial<StepContext> = {}) => contextOn('telegram', change);
      let now = turn(undefined, press('flow:report'), context());
      const words: string[] = [];
      const files: string[] = [];
      for (const each of said as { story?: string; file?: boolean; skip?: string }[]) {
        const at = atOf(now.talk);
        if (at === undefined || at.step === 'summary') break;
        if (each.story !== undefined) {
          // A place and a day take what is written for themselves.
          if (at.step === 'where' || at.step === 'when') continue;
          const line = `${each.story} ${words.length}`;
          words.push(line);
          now = turn(now.talk, write(line), context({ danger: danger ? DANGER : null }));
        } else if (each.file) {
          const id = `file-${++ids}`;
          files.push(id);
          now = turn(now.talk, { kind: 'media', media: 'photo', source: 's' }, context({ evidence: id }));
        } else if (at.step !== 'safe' || each.skip !== 'quay lại')
          now = turn(now.talk, write(each.skip ?? ''), context());
      }
      for (let left = 0; left < 30 && atOf(now.talk) && atOf(now.talk)?.step !== 'summary'; left += 1) {
        const isTold = atOf(now.talk)?.step === 'words' || atOf(now.talk)?.step === 'short_words';
        now = turn(now.talk, isTold ? press('keep') : press('skip'), context());
      }
      if (atOf(now.talk)) now = turn(now.talk, press('report.summary.send'), context());
      const call = now.calls.find(({ action }) => action === 'submit_report');
      if (call?.action !== 'submit_report') throw new Error('the report must have been sent');
      for (const line of words) expect(call.draft.words).toContain(line);
      expect(call.draft.evidence ?? []).toEqual(files);
      expect(atOf(now.talk)?.answers.text('words')).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});

test('no answer is lost: what was picked, counted, dated and placed last is what the report holds', () => {
  const stepAt = (at: ReturnType<typeof atOf>) =>
    at && flows.find(({ name }) => name === at.flow)?.steps.get(at.step);
  const answer = fc.record({
    how: fc.constantFrom('answer', 'answer', 'answer', 'answer', 'skip', 'back', 'help', 'change'),
    pick: fc.nat(30),
  });
  const days = ['tối qua', 'thứ hai tuần trước', '15/10', 'hồi hè', 'không nhớ ngày, chắc tháng trước'];
  const places = ['ấp Ba, xã Giồng Riềng', 'gần cầu Cái Sơn', 'Hòn Tre'];
  const changes = ['sửa tuổi', 'sửa nơi xảy ra', 'sửa ngày xảy ra', 'sửa người làm'];
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 30 }), fc.constantFrom(...CHANNEL_NAMES), (moves, channel) => {
      const context = contextOn(channel);
      const held = new Map<string, string | number>();
      let now = turn(undefined, press('flow:report'), context);
      const take = (said: IncomingContent) => {
        now = turn(now.talk, said, context);
      };
      /** Answers the question that waits as a person could; what must then be held. */
      const answerIt = (pick: number): void => {
        const at = atOf(now.talk);
        const step = stepAt(at);
        if (!at || step?.kindOf !== 'ask') return;
        const own = choicesOf(now.out).filter(
          ({ id }) => id.startsWith(`${at.flow}.${at.step}.`) && !id.endsWith('.unsafe'),
        );
        const { number, date, place, text, save } = step;
        if (number) {
          const age = number.min + (pick % (number.max - number.min + 1));
          held.set(number.save, age);
          take(write(`${age} tuổi`));
        } else if (date) {
          const day = days[pick % days.length] ?? '';
          held.set(date.save, day);
          take(write(day));
        } else if (place) {
          const where = places[pick % places.length] ?? '';
          held.set(`${place.save}_words`, where);
          take(write(where));
          take(press('keep_place'));
        } else if (text) {
          const line = `lời kể số ${pick} của con đây`;
          const before = held.get(text.save);
          held.set(text.save, before === undefined ? line : `${before}\n${line}`);
          take(write(line));
          if (atOf(now.talk)?.step === at.step) take(press('keep'));
        } else {
          const picked = own[pick % Math.max(1, own.length)];
          if (!picked) return;
          if (step.several) {
            // Picked once more it is taken out again; whoever goes on has something.
            take(press(picked.id));
            if (save !== undefined && !at.answers.has(save)) held.set(save, 'something');
            if (!atOf(now.talk)?.answers.has(save ?? '')) held.delete(save ?? '');
            take(press(held.has(save ?? '') ? 'keep' : 'skip'));
            return;
          }
          if (save !== undefined) held.set(save, picked.id.split('.').at(-1) ?? '');
          take(press(picked.id));
        }
      };
      for (const { how, pick } of moves) {
        const at = atOf(now.talk);
        const step = stepAt(at);
        if (!at || step?.kindOf !== 'ask' || at.step === 'change') break;
        if (how === 'back') {
          if (at.step !== 'safe') take(press('back'));
        } else if (how === 'help') take(press('help'));
        else if (how === 'change') take(write(changes[pick % changes.length] ?? ''));
        else if (at.step === 'summary') break;
        else if (how === 'answer') answerIt(pick);
        else if (step.skip !== undefined) {
          const told =
            (step.text !== undefined || step.several) && held.has(step.text?.save ?? step.save ?? '');
          const names = [
            step.save,
            step.number?.save,
            step.date?.save,
            step.place && `${step.place.save}_words`,
          ];
          if (!told) for (const name of names) if (name !== undefined) held.delete(name);
          take(press(told ? 'keep' : 'skip'));
        }
      }
      for (let left = 0; left < 40 && atOf(now.talk); left += 1) {
        const at = atOf(now.talk);
        if (at?.step === 'summary') break;
        answerIt(left);
      }
      take(press('report.summary.send'));
      const call = now.calls.find(({ action }) => action === 'submit_report');
      if (call?.action !== 'submit_report') throw new Error('the report must have been sent');
      const { draft } = call;
      const { category, contact_wish, contact_hours, accused_office, place_words, words, ...details } =
        Object.fromEntries(held);
      if (category !== undefined) expect(draft.category).toBe(category);
      expect(draft.contactWish).toBe(contact_wish ?? 'nothing');
      expect(draft.contactHours).toBe(contact_hours);
      expect(draft.accusedOffice).toBe(accused_office === 'elsewhere' ? undefined : accused_office);
      expect(draft.placeWords).toBe(place_words);
      expect(draft.words).toBe(words);
      for (const [name, value] of Object.entries(details)) {
        const said = draft.details[name];
        expect(said).toBeDefined();
        if (name === 'when') expect(said?.startsWith(String(value))).toBe(true);
        if (typeof value === 'number') expect(said).toBe(String(value));
      }
    }),
    { numRuns: 600 },
  );
});
