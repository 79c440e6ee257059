import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';
import { fillerOf } from './fill.js';

const byLibrary = (text: string, values: Readonly<Record<string, string | number>>) =>
  String(new IntlMessageFormat(text, 'vi', undefined, { ignoreTag: true }).format({ ...values }));

test('fills in what is named, and chooses by it', () => {
  const text = '{a, select, yes {Có {b}} other {Không}}, {n}, {n, select, 0 {không} other {nhiều}}';
  for (const values of [
    { a: 'yes', b: 'một', n: 0 },
    { a: 'no', b: '', n: 12_000 },
    { a: 'toString', b: 'x', n: -1.5 },
  ]) {
    expect(fillerOf(text)(values)).toBe(byLibrary(text, values));
  }
});

test('numbers, plurals and quotes are told by the rules of the language', () => {
  for (const text of ['{n, number}', '{n, plural, =0 {không} other {# tin}}', "'{n}' là {n}"]) {
    for (const n of [0, 1, 12_345]) expect(fillerOf(text)({ n })).toBe(byLibrary(text, { n }));
  }
});

test('asks only for the values it needs, and says which is missing', () => {
  const asked: string[] = [];
  const filled = fillerOf('{a, select, yes {{b}} other {{c}}}')((name) => {
    asked.push(name);
    return name === 'a' ? 'yes' : 'b';
  });
  expect(filled).toBe('b');
  expect(asked).toEqual(['a', 'b']);
  expect(() => fillerOf('{a} {b}')({ a: 'x' })).toThrow(/"b" was not provided/);
  expect(() => fillerOf('{a} {b}')((name) => (name === 'a' ? 'x' : undefined))).toThrow(
    /"b" was not provided/,
  );
});

test('every text of ours comes out as the library has it', () => {
  for (const part of ['messages', 'console', 'terminal']) {
    const folder = path.resolve('locales/vi', part);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
      const texts = textsIn(parse(readFileSync(path.join(folder, file), 'utf8')));
      for (const text of texts.filter((each) => each.includes('{'))) {
        for (const value of ['yes', 'no', 'another', 1, 12_345]) {
          const values = Object.fromEntries(namesIn(text).map((name) => [name, value]));
          expect(outcomeOf(() => fillerOf(text)(values))).toBe(outcomeOf(() => byLibrary(text, values)));
        }
      }
    }
  }
});

const textsIn = (content: unknown): string[] =>
  typeof content === 'string' ? [content] : Object.values(content ?? {}).flatMap(textsIn);
const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)[,}]/g)].map(([, name = '']) => name);

/** The text, or why there is none: not every value fits every text, e.g. a word where a number is counted. */
function outcomeOf(work: () => string): string {
  try {
    return work();
  } catch (error) {
    return String(error);
  }
}
