import { CASE_STATES } from './case.js';
import { actsOpenTo, CASE_ACTS, judge } from './case-moves.js';

const lan = { staffId: 'lan' };
const minh = { staffId: 'minh' };
const lead = { staffId: 'tam', directs: true };
const held = (state: (typeof CASE_STATES)[number]) => ({ state, heldBy: 'lan' });

/** Written out by hand: what each may do in each state. */
test.each([
  ['new', undefined, minh, ['take', 'hand_back', 'offer']],
  ['accepted', 'lan', lan, ['assess', 'support', 'close', 'hand_over', 'give_back', 'hand_back', 'offer']],
  ['assessing', 'lan', lan, ['support', 'close', 'hand_over', 'give_back', 'hand_back', 'offer']],
  ['supporting', 'lan', lan, ['assess', 'close', 'hand_over', 'give_back', 'hand_back', 'offer']],
  ['accepted', 'lan', minh, []],
  ['supporting', 'lan', lead, ['hand_over', 'give_back', 'hand_back', 'offer']],
  ['closed', 'lan', minh, ['reopen']],
  ['closed', 'lan', lead, ['reopen']],
] as const)('in state %s held by %s, %o may: %j', (state, heldBy, actor, acts) => {
  expect(actsOpenTo({ state, ...(heldBy === undefined ? {} : { heldBy }) }, actor)).toEqual(acts);
});

test('every act in every state has a clear answer', () => {
  for (const act of CASE_ACTS)
    for (const state of CASE_STATES)
      expect(['allowed', 'closed', 'not_now', 'not_yours']).toContain(judge(act, held(state), minh).kind);
});

test('a closed case says that it is closed, a move too early that it cannot be done now', () => {
  expect(judge('assess', held('closed'), lan)).toEqual({ kind: 'closed' });
  expect(judge('assess', { state: 'new' }, lan)).toEqual({ kind: 'not_now' });
  expect(judge('reopen', held('supporting'), lan)).toEqual({ kind: 'not_now' });
});

test('a case keeps its state when only its holder changes, and waits anew when it is given back', () => {
  expect(judge('hand_over', held('assessing'), lan)).toEqual({ kind: 'allowed', to: 'assessing' });
  expect(judge('give_back', held('assessing'), lan)).toEqual({ kind: 'allowed', to: 'new' });
});
