import { canonical, isMarked, isSyllable } from './syllable.js';

/**
 * Other readings of a word that is no Vietnamese syllable as typed: stretched letters ("khóccc"), keys of the Telex
 * keyboard left in ("khoong", "chetes"), digits for letters ("ch3t"), letters that the young swap ("fải", "đag",
 * "mìnk"). Readings are guesses: they are added beside the typed word, never put in its place.
 */
export function respell(word: string): readonly string[] {
  if (word.length < 2 || word.length > 12) return [];
  const readings = new Set<string>();
  const calm = word.replace(/(.)\1+/g, '$1');
  for (const start of new Set([word, calm, withoutDigits(calm)])) {
    if (isSyllable(start)) readings.add(canonical(start));
    const swapped = youngSpelling(start);
    if (isSyllable(swapped)) readings.add(canonical(swapped));
    const telex = fromTelex(start);
    if (telex !== undefined) readings.add(canonical(telex));
  }
  // "khóccc" collapses to "khóc"; "cheets" keeps its double vowel only for Telex.
  readings.delete(canonical(word));
  return [...readings];
}

const DIGIT_LETTERS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a' };

function withoutDigits(word: string): string {
  return /^\p{L}+[0134]\p{L}*$/u.test(word)
    ? word.replace(/[0134]/g, (digit) => DIGIT_LETTERS[digit] ?? digit)
    : word;
}

const YOUNG: readonly (readonly [RegExp, string])[] = [
  [/^f/, 'ph'],
  [/^ck/, 'ch'],
  [/^kk/, 'kh'],
  [/^tk/, 'th'],
  [/^pk/, 'ph'],
  [/^nk/, 'nh'],
  [/^w/, 'qu'],
  [/^dz/, 'd'],
  [/^z/, 'v'],
  [/^j/, 'gi'],
  [/^p(?=[^h])/, 'b'],
  [/nk$/, 'nh'],
  [/k$/, 'ch'],
  [/(?<=[^n])g$/, 'ng'],
  [/j$/, 'i'],
];

function youngSpelling(word: string): string {
  let out = word;
  for (const [letters, meant] of YOUNG) out = out.replace(letters, meant);
  return out;
}

const TELEX_TONES: Readonly<Record<string, string>> = {
  f: '\u0300',
  s: '\u0301',
  x: '\u0303',
  r: '\u0309',
  j: '\u0323',
};

function fromTelex(word: string): string | undefined {
  if (!/aa|ee|oo|dd|[aou]w|[aeiouyăâêôơư].*[fsxrj]/.test(word) || [...word].some(isTone)) return undefined;
  let out = word
    .replace(/dd/, 'đ')
    .replace(/aa/, 'â')
    .replace(/ee/, 'ê')
    .replace(/oo/, 'ô')
    .replace(/uow/, 'ươ')
    .replace(/aw/, 'ă')
    .replace(/ow/, 'ơ')
    .replace(/uw/, 'ư');
  const key = /(?<=[aeiouyăâêôơư].*)[fsxrj]/.exec(out);
  let tone = '';
  if (key) {
    tone = TELEX_TONES[key[0]] ?? '';
    out = out.slice(0, key.index) + out.slice(key.index + 1);
  }
  const vowel = out.search(/[ăâêôơư]/) >= 0 ? out.search(/[ăâêôơư]/) : out.search(/[aeiouy]/);
  if (vowel < 0) return undefined;
  const read = (out.slice(0, vowel + 1) + tone + out.slice(vowel + 1)).normalize('NFC');
  return read !== word && isSyllable(read) ? read : undefined;
}

function isTone(letter: string): boolean {
  return isMarked(letter) && letter.normalize('NFD').length > 1 && !'ăâêôơư'.includes(letter);
}
