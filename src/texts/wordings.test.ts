import { wordingsOf } from './wordings.js';

test('a plain text has one wording', () => {
  expect(wordingsOf('Chào bạn.')).toEqual(['Chào bạn.']);
});

test('each branch is a wording, placeholders stay', () => {
  expect(wordingsOf('Đã ghi{old, select, no {} other { ({old})}}: {place}.')).toEqual([
    'Đã ghi: {place}.',
    'Đã ghi ({old}): {place}.',
  ]);
});

test('the same choice twice takes the same branch', () => {
  expect(wordingsOf('{a, select, yes {x} other {y}}{a, select, yes {x} other {y}}')).toEqual(['xx', 'yy']);
});
