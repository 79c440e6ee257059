import fc from 'fast-check';
import type { AnswerValue } from './answer-value.js';
import { Answers } from './answers.js';

const name = fc.constantFrom('safe', 'age', 'safe_age', 'words', 'e');
/** Also what is called like an answer. */
const told = fc.oneof(fc.string(), fc.constantFrom('safe', 'age', ''));
const value: fc.Arbitrary<AnswerValue> = fc.oneof(
  told,
  fc.integer(),
  fc.array(told, { minLength: 1 }),
  fc.record({ words: told }),
);

test('whatever is saved, changed and taken back is there as it was told', () => {
  const change = fc.record({ name, value: fc.option(value, { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      let answers = new Answers();
      const expected = new Map<string, AnswerValue>();
      for (const each of changes) {
        if (each.value === undefined) {
          answers.delete(each.name);
          expected.delete(each.name);
        } else {
          answers.set(each.name, each.value);
          expected.set(each.name, each.value);
        }
        answers = new Answers(answers.names, structuredClone(answers.values));
      }
      expect(Object.entries(answers.all())).toEqual([...expected]);
      for (const known of ['safe', 'age', 'safe_age', 'words', 'e', 'no']) {
        expect(answers.get(known)).toEqual(expected.get(known));
        expect(answers.has(known)).toBe(expected.has(known));
      }
    }),
  );
});
