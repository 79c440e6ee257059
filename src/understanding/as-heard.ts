import { seeded, seedOf } from './seeded.js';
import { splitTone, withTone } from './syllable.js';

/** Of the words that sound like another spelling so many are written so. */
const CHANGED = 0.35;
/** Of so many sentences one has its letters right and no tone at all. */
const TONELESS_EVERY = 4;

/** First letters that sound alike to some, in the North (l, n) or the South, and what is written for them. */
const BEGINNINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^ngh/, ['ng']],
  [/^gh/, ['g']],
  [/^gi/, ['d', 'z']],
  [/^tr/, ['ch']],
  [/^ch/, ['tr']],
  [/^s/, ['x']],
  [/^x/, ['s']],
  [/^r/, ['g', 'd']],
  [/^d/, ['gi', 'z']],
  [/^v/, ['d', 'z']],
  [/^qu/, ['w', 'g']],
  [/^l/, ['n']],
  [/^n(?![gh])/, ['l']],
];
/** Ends that sound alike in the South. */
const ENDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?<=[aăâoôơuư])c$/, ['t']],
  [/(?<=[aăâuư])t$/, ['c']],
  [/(?<=[aăâeôơuư])ng$/, ['n']],
  [/(?<=[aăâôơuư])n$/, ['ng']],
  [/anh$/, ['an', 'ang']],
  [/(?<=[êi])nh$/, ['n']],
  [/au$/, ['ao']],
  [/ay$/, ['ai']],
  [/ây$/, ['ay']],
  [/iê(?=[cmptu])/, ['i']],
  [/uô(?=[cint])/, ['u']],
  [/ươ(?=[itu])/, ['ư']],
  [/ưu$/, ['iu']],
];
/** Hỏi and ngã are one tone in the South and the centre. */
const TONES: Readonly<Record<string, string>> = { '\u0309': '\u0303', '\u0303': '\u0309' };

/**
 * A sentence as somebody writes it who writes what they hear: "con uốn thuốt chuột gồi", "hai đứa nhõ bị bõ đói". Children do,
 * above all in the South. Each fourth sentence has no tones instead: "con đưng ngoai cưa". Deterministic.
 * @param text lower case NFC
 */
export function asHeard(text: string): string {
  const random = seeded(seedOf(text, 11));
  if (Math.floor(random() * TONELESS_EVERY) === 0) return splitTone(text).base;
  return text
    .split(' ')
    .map((word) => (random() < CHANGED ? changed(word, random) : word))
    .join(' ');
}

function changed(word: string, random: () => number): string {
  const { base, tone } = splitTone(word);
  const ways = [...BEGINNINGS, ...ENDS]
    .filter(([letters]) => letters.test(base))
    .flatMap(([letters, heard]) => heard.map((each) => withTone(base.replace(letters, each), tone)));
  const other = TONES[tone];
  if (other !== undefined) ways.push(withTone(base, other));
  return ways[Math.floor(random() * ways.length)] ?? word;
}
