import { Answers } from './answers.js';
import { copyTalk, type Position, savedTalk, type TalkState } from './talk-state.js';

const NOW = 1_790_000_000_000;
const ANSWERS = { safe: 'safe', age: 9, signs: ['alone', 'hungry'], when: { words: 'hồi hè' } };
const AT: Position = {
  flow: 'report',
  version: 3,
  step: 'wish',
  path: 'safe what where',
  answers: Answers.of(ANSWERS),
};
const stateAt = (at: Position): TalkState => ({
  lastHeard: NOW,
  voice: 'child',
  shown: '.yes .no back',
  at,
});
const overJson = (state: TalkState) => copyTalk(JSON.parse(JSON.stringify(savedTalk({ ...state }))));

test.each<[string, Position]>([
  ['with nothing but what every position has', AT],
  ['without an answer', { ...AT, path: '', answers: new Answers() }],
  [
    'with details',
    {
      ...AT,
      urgent: true,
      returnTo: 'summary',
      places: [['00001', 'Phường A']],
      calls: [{ flow: 'outer', version: 1, next: 'more' }],
    },
  ],
])('a talk comes back as it was saved, %s', (_, at) => {
  expect(overJson(stateAt(at))).toEqual(stateAt(at));
});

test('a talk without a position comes back, too', () => {
  const free: TalkState = { lastHeard: NOW, shown: 'flow:report', heard: 'ở nhà' };
  expect(overJson(free)).toEqual(free);
});

test.each([
  ['3, whose position had names', 3, (details?: object) => ({ ...AT, answers: ANSWERS, ...details })],
  [
    '4, whose answers came one by one',
    4,
    (details?: object) => ['report', 3, 'wish', AT.path, details ?? null, ...Object.entries(ANSWERS).flat()],
  ],
  [
    '5, whose other parts had names',
    5,
    (details?: object) => {
      const { names, values } = AT.answers;
      return ['report', 3, 'wish', AT.path, details ?? null, names, ...values];
    },
  ],
])('a talk of format %s, is read', (_, format, at) => {
  const details = { urgent: true, proof: '1234' } as const;
  expect(copyTalk({ ...stateAt(AT), at: at(details), format })).toEqual(stateAt({ ...AT, ...details }));
  expect(copyTalk({ ...stateAt(AT), at: at(), format })).toEqual(stateAt(AT));
});

test('a talk that nobody can read is not taken', () => {
  expect(copyTalk([99, NOW])).toBeUndefined();
  expect(copyTalk({ format: 0, lastHeard: NOW })).toBeUndefined();
});

test('changing what was read leaves the saved talk alone', () => {
  const saved = savedTalk(stateAt({ ...AT }));
  const before = JSON.stringify(saved);
  copyTalk(saved)?.at?.answers.set('more', 'x');
  expect(JSON.stringify(saved)).toBe(before);
});
