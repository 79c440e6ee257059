import type { Spelling } from './spelling.js';
import { type Word, WordReader } from './word-reader.js';

export type { Word } from './word-reader.js';

/** What analysis looks at, in UTF-16 units; the rest of a longer text is not read. */
export const ANALYSED_CHARACTERS = 4000;

export interface Normalised {
  readonly words: readonly Word[];
  /** Places in `words` before which a comma or another sign stands, rising. */
  readonly pauses: readonly number[];
  /** Typed without Vietnamese marks (or nearly). */
  readonly bare: boolean;
}

interface Raw {
  readonly text: string;
  ends: boolean;
  /** A sign stands after it that is no space. */
  pauses: boolean;
}

/** Reads words by the spelling; remembers what it read. */
const READERS = new WeakMap<Spelling, WordReader>();

/** The reader of a spelling. It is shared: the numbers of its words hold for everything built with that spelling. */
export function readerOf(spelling: Spelling): WordReader {
  let reader = READERS.get(spelling);
  if (!reader) {
    reader = new WordReader(spelling);
    READERS.set(spelling, reader);
  }
  return reader;
}

const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** Whether a UTF-16 unit below 0x2000 (all that Vietnamese uses) is a letter, mark or digit. */
const IS_LETTER = Uint8Array.from({ length: 0x2000 }, (_, unit) =>
  LETTER.test(String.fromCharCode(unit)) ? 1 : 0,
);

function isLetter(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit < 0x2000 ? IS_LETTER[unit] === 1 : LETTER.test(text[at] ?? ' ');
}
/** Control and format characters (bidi marks, joiners, variation selectors), lone surrogates; line breaks and tabs stay. */
const INVISIBLE = /[^\P{C}\n\r\t]|\uFE0F/gu;
/** Below this share of words with marks a message counts as typed without. */
const BARE_SHARE = 0.25;
/** Of so many words that stand nowhere each is mended; a message with more of them is no Vietnamese with slips. */
const MOST_MENDED = 150;

/**
 * Turns a message into comparable words: NFC, lower case, invisible characters out, tone marks in one place, short and
 * teen spellings read out, both with marks and without. Pure; reads at most `ANALYSED_CHARACTERS`.
 */
export function normalise(text: string, spelling: Spelling): Normalised {
  const reader = readerOf(spelling);
  const raws = split(clean(text.slice(0, ANALYSED_CHARACTERS)));
  let letters = 0;
  let marked = 0;
  for (const { text: word } of raws) {
    const typed = reader.typed(word);
    if (typed.isNumber) continue;
    letters += 1;
    if (typed.isMarked) marked += 1;
  }
  const bare = marked < letters * BARE_SHARE;
  const words: Word[] = [];
  const pauses: number[] = [];
  let strange = 0;
  for (const raw of raws) {
    const read = reader.read(raw.text, bare, raw.ends, strange < MOST_MENDED);
    if ((read[0]?.plainNumber ?? 0) < 0) strange += 1;
    for (const word of read) words.push(word);
    if (raw.pauses) pauses.push(words.length);
  }
  return { words, pauses, bare };
}

/** UTF-16 units that stay as they are (but for their case): nothing to compose, nothing invisible. */
const STAYS = Uint8Array.from({ length: 0x2000 }, (_, unit) => {
  const letter = String.fromCharCode(unit);
  const inRange = unit < 0x250 || (unit >= 0x1e00 && unit < 0x1f00);
  const isPlain = letter.normalize('NFKC') === letter && letter.toLowerCase().length === 1;
  return inRange && isPlain && letter.replace(INVISIBLE, '') !== '' ? 1 : 0;
});

function clean(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    if (STAYS[text.charCodeAt(at)] !== 1)
      return text.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().normalize('NFC');
  }
  return text.toLowerCase();
}

const SENTENCE_ENDS = '.!?;\n';

function split(clean: string): Raw[] {
  const raws: Raw[] = [];
  // The word so far: what was put together, and the run of letters after it.
  let word = '';
  let run = -1;
  const close = (at: number, ends: boolean, pauses: boolean): void => {
    if (run >= 0) word = word === '' ? clean.slice(run, at) : word + clean.slice(run, at);
    run = -1;
    if (word !== '') raws.push({ text: word, ends, pauses });
    else if (pauses) {
      const last = raws.at(-1);
      if (last) {
        last.ends ||= ends;
        last.pauses = true;
      }
    }
    word = '';
  };
  for (let at = 0; at < clean.length; at += 1) {
    if (isLetter(clean, at)) {
      if (run < 0) run = at;
      continue;
    }
    const unit = clean.charCodeAt(at);
    if (unit === SPACE) {
      close(at, false, false);
      continue;
    }
    const letter = clean[at] ?? '';
    const soFar = run >= 0 ? word + clean.slice(run, at) : word;
    if (isJoint(clean, at, soFar)) {
      // "t.ự t.ử": letters split by a sign to slip past filters are one word.
      word = soFar;
      run = -1;
    } else if (letter === '!' && soFar !== '' && isLetter(clean, at + 1)) {
      word = `${soFar}i`;
      run = -1;
    } else {
      const dots =
        letter === '.' && (clean[at + 1] === '.' || clean[at - 1] === '.' || isLetter(clean, at + 1));
      close(at, SENTENCE_ENDS.includes(letter) && !dots, true);
    }
  }
  close(clean.length, true, true);
  return raws;
}

const SPACE = 0x20;

function isJoint(clean: string, at: number, word: string): boolean {
  if (!'.*_-'.includes(clean[at] ?? ' ') || word === '' || word.length > 4) return false;
  if (!isLetter(clean, at + 1)) return false;
  const lonely = (from: number, step: number): boolean => !/\p{L}/u.test(clean[from + step] ?? ' ');
  return (lonely(at - 1, -1) || '.*_-'.includes(clean[at - 2] ?? ' ')) && /\p{L}/u.test(clean[at - 1] ?? ' ');
}
