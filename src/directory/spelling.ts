import { fold } from '../texts/fold.js';

export { fold };

/**
 * How Vietnamese names are written and mistyped: without diacritics, with the tone on another vowel, the Southern way,
 * with a slip of the finger. Works on single words in lower case.
 */

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** The words of a text in lower case: letters, digits and their diacritics; everything else separates. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * One spelling for one sound: the tone stands last ("hòa" and "hoà" are equal), hỏi and ngã are one, as they are in
 * the South.
 */
export function spoken(word: string): string {
  const decomposed = word.normalize('NFD');
  const tone = (decomposed.match(TONES)?.[0] ?? '').replace('\u0309', '\u0303');
  return decomposed.replace(TONES, '') + tone;
}

/**
 * How far the diacritics of a typed word are from those of a name's word: 0 equal · 0.05 typed plain · 0.1 typed with its
 * hats but no tone · 0.4 typed with others. Where the letters differ already, only the tones count: 0 or 0.2. Both as
 * `spoken` gives them.
 */
export function diacriticsCost(typed: string, name: string): number {
  if (typed === name) return 0;
  if (fold(typed) === typed) return 0.05;
  if (fold(typed) !== fold(name)) return typed.match(TONES)?.[0] === name.match(TONES)?.[0] ? 0 : 0.2;
  if (name.replace(TONES, '') === typed) return 0.1;
  return 0.4;
}

const STARTS: readonly (readonly [RegExp, string])[] = [
  [/^gi(?=[aeiouy])/, 'd'],
  [/^[vz]/, 'd'],
  [/^qu/, 'w'],
  [/^ngh/, 'ng'],
  [/^gh/, 'g'],
  [/^tr/, 'ch'],
  [/^ph/, 'f'],
  [/^k(?!h)/, 'c'],
  [/^r/, 'g'],
  [/^x/, 's'],
  [/^j/, 'd'],
];

/** Words that sound alike in the South, or are typed alike in chats, have one key. Takes a folded word. */
export function soundKey(folded: string): string {
  let key = folded;
  for (const [start, sound] of STARTS) {
    if (start.test(key)) {
      key = key.replace(start, sound);
      break;
    }
  }
  return key
    .replace(/n[gh]$/, 'n')
    .replace(/c[h]?$/, 't')
    .replace(/y/g, 'i');
}

/** Whether one letter added, left out, changed, or swapped with its neighbour turns one word into the other. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  if (endA - start <= 1 && endB - start <= 1) return true;
  return endA - start === 2 && endB - start === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** The word and each form of it with one letter left out; two words one slip apart share one of these. */
export function deletions(word: string): string[] {
  const forms = [word];
  for (let index = 0; index < word.length; index += 1) {
    forms.push(word.slice(0, index) + word.slice(index + 1));
  }
  return forms;
}
