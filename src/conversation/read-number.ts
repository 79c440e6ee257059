import type { Texts } from '../texts/texts.js';
import { countWords, listOf, plainWords } from './plain-words.js';

export interface NumberWords {
  /**
   * The number told: digits in a short message, "tám" alone, with `age` also "tám tuổi" and "lớp 3". Undefined when there is
   * none: "ba" within a sentence is a father, no three. @param said the plain words, then with politeness taken off
   */
  read(said: readonly string[], age: boolean): number | undefined;
  /** All numbers of a list like "1, 3 và 4", when the message is nothing else. */
  list(text: string): number[] | undefined;
}

/** A child of the first grade is six. */
const YEARS_BEFORE_SCHOOL = 5;
/** Words of a message in which a bare number is the answer. */
const SHORT = 4;

/** Reads how numbers are written from read.yaml: "một 1 | hai 2", words of age and of school grades. */
export function readNumberWords(texts: Texts): NumberWords {
  const list = (key: string) => (texts.has(key) ? listOf(texts.say(key)) : []);
  const spelt = list('read.numbers')
    .map((entry) => /^(.*) (\d+)$/.exec(entry))
    .map((match): [string, number] => [plainWords(match?.[1] ?? ''), Number(match?.[2])])
    .filter(([words]) => words !== '')
    .sort(([a], [b]) => b.length - a.length);
  const anyOf = (key: string) => list(key).map(plainWords).join('|');
  const years = anyOf('read.years');
  const numeral = `\\d{1,4}|${spelt.map(([words]) => words).join('|')}`;
  const aged = new RegExp(`(?:^| )(${numeral}) ?(?:${years})(?: |$)`);
  const graded = new RegExp(`(?:^| )(?:${anyOf('read.grades')}) ?(${numeral})(?: |$|[a-z]\\b)`);
  const joined = anyOf('read.and');
  const asNumber = (words: string): number =>
    /^\d+$/.test(words) ? Number(words) : (spelt.find(([known]) => known === words)?.[1] ?? Number.NaN);

  return {
    read(said, age) {
      const [plain = ''] = said;
      const told = age ? aged.exec(plain)?.[1] : undefined;
      if (told !== undefined) return asNumber(told);
      const grade = age ? graded.exec(plain)?.[1] : undefined;
      if (grade !== undefined) return asNumber(grade) + YEARS_BEFORE_SCHOOL;
      const alone = said.find((words) => spelt.some(([known]) => known === words));
      if (alone !== undefined) return asNumber(alone);
      const digits = countWords(plain) <= SHORT ? /(?:^| )(\d{1,4})(?: |$)/.exec(plain)?.[1] : undefined;
      return digits === undefined ? undefined : Number(digits);
    },
    list(text) {
      const parts = plainWords(text.replace(/[.,;+&/]/g, ' '))
        .split(new RegExp(`(?: (?:${joined}) | )`))
        .filter((part) => part !== '');
      return parts.length > 0 && parts.every((part) => /^\d{1,2}$/.test(part))
        ? parts.map(Number)
        : undefined;
    },
  };
}
