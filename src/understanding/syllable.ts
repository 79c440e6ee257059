import { fold } from '../texts/fold.js';

export { fold };

/**
 * Vietnamese letters and syllables. A syllable is compared in its canonical form: the letters without tone, then the
 * tone mark at the end, so that "hoà" and "hòa" (and "lý" and "lí") are one word wherever the mark was typed.
 */

const TONES = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const VOWELS = 'aăâeêioôơuưy';

/** Letter with tone → letter without tone, tone mark, plain ASCII letter. */
const LETTERS = new Map<string, { readonly base: string; readonly tone: string; readonly ascii: string }>();

function asciiOf(letter: string): string {
  return letter === 'đ' ? 'd' : (letter.normalize('NFD')[0] ?? letter);
}

for (const vowel of VOWELS) {
  LETTERS.set(vowel, { base: vowel, tone: '', ascii: asciiOf(vowel) });
  for (const tone of TONES) {
    LETTERS.set((vowel + tone).normalize('NFC'), { base: vowel, tone, ascii: asciiOf(vowel) });
  }
}
LETTERS.set('đ', { base: 'đ', tone: '', ascii: 'd' });

/** Whether the letter carries anything that plain ASCII lacks. */
export function isMarked(letter: string): boolean {
  const known = LETTERS.get(letter);
  return known !== undefined && (known.tone !== '' || known.base !== known.ascii);
}

/** Splits "hòa" into letters without tone ("hoa") and the tone mark. Of two tones the last counts. */
export function splitTone(syllable: string): { readonly base: string; readonly tone: string } {
  let base = '';
  let tone = '';
  for (const letter of syllable) {
    const known = LETTERS.get(letter);
    base += known?.base ?? letter;
    if (known?.tone) tone = known.tone;
  }
  return { base, tone };
}

/** Letters without tone with the tone mark on the first vowel: syllables are compared wherever it stands. */
export const withTone = (base: string, tone: string): string =>
  base.replace(/[aăâeêioôơuưy]/, (vowel) => (vowel + tone).normalize('NFC'));

const OPEN_Y = /^(h|k|l|m|s|t|th|ch|b|v)y$/;

/** The form in which syllables are compared. Expects lower case NFC. */
export function canonical(syllable: string): string {
  const { base, tone } = splitTone(syllable);
  return (OPEN_Y.test(base) ? `${base.slice(0, -1)}i` : base) + tone;
}

const INITIAL = '(?:ngh|ng|nh|th|tr|ch|gh|gi|kh|ph|qu|[bcdđghklmnpqrstvx])?';
const NUCLEUS =
  '(?:iê|yê|ia|ya|uô|ua|ươ|ưa|oa|oă|oe|uâ|uê|uy|uơ|uyê|uya|[aăâeêioôơuưy])(?:[iouy](?![a-zà-ỹ]))?';
const SYLLABLE = new RegExp(`^${INITIAL}${NUCLEUS}(?:ch|ng|nh|[cmnpt])?$`);
const STOP = /[ptc]$|ch$/;

/** Whether the letters could be a Vietnamese syllable (spelling only, tone rule for final stops included). */
export function isSyllable(syllable: string): boolean {
  const { base, tone } = splitTone(syllable);
  if (!SYLLABLE.test(base)) return false;
  return !STOP.test(base) || tone === '\u0301' || tone === '\u0323';
}

/** Whether a word without marks cannot be meant so: "chet", "muon", "khong" have lost their marks for certain. */
export function hasLostMarks(syllable: string): boolean {
  return /^[a-z]{3,6}$/.test(syllable) && !isSyllable(syllable) && /[aeiouy]/.test(syllable);
}
