import { copyTalk, type Position, savedTalk, TALK_FORMAT, type TalkState } from './talk-state.js';

const NOW = 1_790_000_000_000;
const AT: Position = {
  flow: 'report',
  version: 3,
  step: 'wish',
  path: 'safe what where',
  answers: { safe: 'safe', age: 9, signs: ['alone', 'hungry'], when: { words: 'hồi hè' } },
};
const stateAt = (at: Position): TalkState => ({
  format: TALK_FORMAT,
  lastHeard: NOW,
  voice: 'child',
  shown: '.yes .no back',
  at,
});
const overJson = (state: TalkState) =>
  copyTalk(JSON.parse(JSON.stringify(savedTalk({ ...state }))) as TalkState);

test.each<[string, Position]>([
  ['with nothing but what every position has', AT],
  ['without an answer', { ...AT, path: '', answers: {} }],
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
  const free: TalkState = { format: TALK_FORMAT, lastHeard: NOW, shown: 'flow:report', heard: 'ở nhà' };
  expect(overJson(free)).toEqual(free);
});

test('a talk of format 3, whose position had names, is read', () => {
  const details = { urgent: true, proof: '1234' } as const;
  const old = { ...stateAt({ ...AT, ...details }), format: 3 };
  expect(copyTalk(old)).toEqual(stateAt({ ...AT, ...details }));
  expect(copyTalk({ ...stateAt(AT), format: 3 })).toEqual(stateAt(AT));
});

test('changing what was read leaves the saved talk alone', () => {
  const saved = savedTalk(stateAt({ ...AT, answers: { ...AT.answers } }));
  const before = JSON.stringify(saved);
  const read = copyTalk(saved);
  if (read?.at) read.at.answers.more = 'x';
  expect(JSON.stringify(saved)).toBe(before);
});
