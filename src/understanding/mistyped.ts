import { asHeard } from './as-heard.js';
import type { Spelling } from './spelling.js';
import { fold } from './syllable.js';

/** Ways in which people type one sentence, to measure with. */
export const TYPED = ['marks', 'no marks', 'teen', 'slip'] as const;
/** These, and one more to learn from. */
export type Typed = (typeof TYPED)[number] | 'as heard';

/** The sentence as typed in another way; deterministic. `short` gives for a word its short spellings, see `shortSpellings`. */
export function mistype(text: string, typed: Typed, short: ReadonlyMap<string, readonly string[]>): string {
  const plain = text.toLowerCase().normalize('NFC');
  if (typed === 'marks') return text;
  if (typed === 'no marks') return fold(plain);
  if (typed === 'as heard') return asHeard(plain);
  const words = plain.split(' ');
  if (typed === 'teen')
    return words
      .map((word, at) => {
        const ways = short.get(word);
        return ways && (word.length + at) % 3 !== 0 ? (ways[(text.length + at) % ways.length] ?? word) : word;
      })
      .join(' ');
  // One slip of the finger: in the longest word two letters swapped, one left out, or one doubled.
  const at = words.reduce(
    (long, word, place) => (word.length > (words[long] ?? '').length ? place : long),
    0,
  );
  const word = words[at] ?? '';
  const place = 1 + (text.length % Math.max(1, word.length - 2));
  const slips = [
    word.slice(0, place) + (word[place + 1] ?? '') + (word[place] ?? '') + word.slice(place + 2),
    word.slice(0, place) + word.slice(place + 1),
    word.slice(0, place) + (word[place] ?? '') + word.slice(place),
  ];
  words[at] = slips[text.length % 3] ?? word;
  return words.join(' ');
}

/** For each word the short and teen spellings that stand for it alone. */
export function shortSpellings(spelling: Spelling): ReadonlyMap<string, readonly string[]> {
  const short = new Map<string, string[]>();
  for (const [typed, readings] of spelling.readings) {
    const [only, other] = readings;
    if (!only || other || only.length !== 1 || typed.length > 6) continue;
    const word = (only[0] ?? '').normalize('NFC');
    short.set(word, [...(short.get(word) ?? []), typed]);
  }
  return short;
}
