import { canonical, isMarked, isSyllable, splitTone, withTone } from './syllable.js';

/**
 * Other readings of a word that is no Vietnamese syllable as typed: stretched letters ("khóccc"), keys of the Telex
 * keyboard left in ("khoong", "chetes") or of VNI ("tre3", "d9anh1"), digits for letters ("ch3t"), letters that the young swap ("fải", "đag",
 * "mìnk"). Readings are guesses: they are added beside the typed word, never put in its place.
 */
export function respell(word: string): readonly string[] {
  if (word.length < 2 || word.length > 12) return [];
  const readings = new Set<string>();
  const vni = fromVni(word);
  if (vni !== undefined) readings.add(canonical(vni));
  const calm = word.replace(/(.)\1+/g, '$1');
  for (const start of new Set([word, calm, withoutDigits(calm)])) {
    if (!isMisspelt(start)) readings.add(canonical(start));
    for (const read of youngSpellings(start)) if (!isMisspelt(read)) readings.add(canonical(read));
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

/** Letters that the young swap, and what they may stand for, the likeliest first. The first that fits at each end is taken. */
const BEGINNINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^f/, ['ph']],
  [/^ck/, ['ch']],
  [/^kk/, ['kh']],
  [/^k(?=[aăâoôơuư])/, ['c', 'kh']],
  [/^tk/, ['th', 'tr']],
  [/^pk/, ['ph']],
  [/^nk/, ['nh']],
  [/^w/, ['qu']],
  [/^q(?!u)/, ['qu']],
  [/^dz/, ['v', 'd']],
  [/^z/, ['v', 'd', 'gi']],
  [/^j/, ['gi', 'd']],
  [/^p(?!h)/, ['b']],
  [/^ng(?=[eêi])/, ['ngh']],
  [/^g(?=[eê])/, ['gh']],
];
const ENDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/nk$/, ['nh']],
  [/ck$/, ['ch']],
  [/(?<=iê)k$/, ['c']],
  [/(?<=[êi])k$/, ['ch']],
  [/(?<=a)k$/, ['c', 'ch']],
  [/k$/, ['c', 'ch']],
  [/(?<=[^n])g$/, ['ng']],
  [/(?<=[aêi])h$/, ['nh']],
  [/(?<=â)i$/, ['y']],
  [/(?<=[ôơ])y$/, ['i']],
  [/j$/, ['i']],
  [/ui(?=[nt]$)/, ['uyê']],
  [/ic$/, ['iêc']],
];

/** Spellings that Vietnamese does not know, though each part of them is there: "kon", "pị", "nge". */
const NEVER_WRITTEN = /^(?:k[aăâoôơuư]|p(?!h)|q(?!u)|ng[eêi]|g[eê])|âi$|[ôơ]y$|ui[nt]$|ic$/;

/** Whether a word is no syllable as Vietnamese is written, so that something else is meant. Expects lower case NFC. */
export function isMisspelt(word: string): boolean {
  return !isSyllable(word) || NEVER_WRITTEN.test(splitTone(word).base);
}

function youngSpellings(word: string): string[] {
  const { base, tone } = splitTone(word);
  const readings: string[] = [];
  for (const start of swapped([base], BEGINNINGS))
    for (const read of swapped([start], ENDS)) readings.push(withTone(read, tone));
  return readings;
}

function swapped(words: readonly string[], table: typeof BEGINNINGS): readonly string[] {
  return words.flatMap((word) => {
    const swap = table.find(([letters]) => letters.test(word));
    return swap ? swap[1].map((meant) => word.replace(swap[0], meant)) : [word];
  });
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

const VNI_TONES: Readonly<Record<string, string>> = {
  1: '\u0301',
  2: '\u0300',
  3: '\u0309',
  4: '\u0303',
  5: '\u0323',
};
const VNI_LETTERS: readonly (readonly [RegExp, string])[] = [
  [/d(?=.*9)/, 'đ'],
  [/a(?=.*6)/, 'â'],
  [/e(?=.*6)/, 'ê'],
  [/o(?=.*6)/, 'ô'],
  [/uo(?=.*7)/, 'ươ'],
  [/o(?=.*7)/, 'ơ'],
  [/u(?=.*7)/, 'ư'],
  [/a(?=.*8)/, 'ă'],
];

/** Letters with the digits of VNI after them; a digit that stands for a letter ("ch3t") gives no syllable here. */
function fromVni(word: string): string | undefined {
  if (!/^[a-z]+[1-9]/.test(word) || !/^[a-z1-9]+$/.test(word)) return undefined;
  let letters = word;
  for (const [plain, meant] of VNI_LETTERS) letters = letters.replace(plain, meant);
  const tone = VNI_TONES[/[1-5]/.exec(word)?.[0] ?? ''] ?? '';
  const read = withTone(letters.replace(/[1-9]/g, ''), tone);
  return isMisspelt(read) ? undefined : read;
}

function isTone(letter: string): boolean {
  return isMarked(letter) && letter.normalize('NFD').length > 1 && !'ăâêôơư'.includes(letter);
}
