import { respell } from './respell.js';
import type { Spelling } from './spelling.js';
import { canonical, fold, hasLostMarks, isMarked, isSyllable } from './syllable.js';

/** What analysis looks at, in UTF-16 units; the rest of a longer text is not read. */
export const ANALYSED_CHARACTERS = 4000;

/** One word of a message as the screen and the search see it. */
export interface Word {
  /** As typed: lower case, NFC. */
  readonly typed: string;
  /** Canonical syllables it may stand for, the typed one first. */
  readonly forms: readonly string[];
  /** The forms in ASCII letters. */
  readonly folded: readonly string[];
  /** Marks were left out, so that ASCII letters may be compared. */
  readonly bare: boolean;
  /** A sentence ends after it. */
  readonly ends: boolean;
}

export interface Normalised {
  readonly words: readonly Word[];
  /** Typed without Vietnamese marks (or nearly). */
  readonly bare: boolean;
}

interface Raw {
  readonly text: string;
  ends: boolean;
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

/**
 * Turns a message into comparable words: NFC, lower case, invisible characters out, tone marks in one place, short and
 * teen spellings read out, both with marks and without. Pure; reads at most `ANALYSED_CHARACTERS`.
 */
export function normalise(text: string, spelling: Spelling): Normalised {
  const clean = text
    .slice(0, ANALYSED_CHARACTERS)
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC');
  const raws = split(clean);
  let letters = 0;
  let marked = 0;
  for (const { text: word } of raws) {
    if (/^\d+$/.test(word)) continue;
    letters += 1;
    for (const letter of word) {
      if (isMarked(letter)) {
        marked += 1;
        break;
      }
    }
  }
  const bare = marked < letters * BARE_SHARE;
  const words: Word[] = [];
  for (const raw of raws) addWord(words, raw, bare, spelling);
  return { words, bare };
}

function split(clean: string): Raw[] {
  const raws: Raw[] = [];
  let word = '';
  const close = (ends: boolean): void => {
    if (word !== '') raws.push({ text: word, ends });
    else if (ends) {
      const last = raws.at(-1);
      if (last) last.ends = true;
    }
    word = '';
  };
  for (let at = 0; at < clean.length; at += 1) {
    const letter = clean[at] ?? '';
    if (isLetter(clean, at)) {
      word += letter;
    } else if (isJoint(clean, at, word)) {
      // "t.ự t.ử": letters split by a sign to slip past filters are one word.
    } else if (letter === '!' && word !== '' && isLetter(clean, at + 1)) {
      word += 'i';
    } else {
      const dots =
        letter === '.' && (clean[at + 1] === '.' || clean[at - 1] === '.' || isLetter(clean, at + 1));
      close('.!?;\n…'.includes(letter) && letter !== '…' && !dots);
    }
  }
  close(true);
  return raws;
}

function isJoint(clean: string, at: number, word: string): boolean {
  if (!'.*_-'.includes(clean[at] ?? ' ') || word === '' || word.length > 4) return false;
  if (!isLetter(clean, at + 1)) return false;
  const lonely = (from: number, step: number): boolean => !/\p{L}/u.test(clean[from + step] ?? ' ');
  return (lonely(at - 1, -1) || '.*_-'.includes(clean[at - 2] ?? ' ')) && /\p{L}/u.test(clean[at - 1] ?? ' ');
}

function addWord(words: Word[], raw: Raw, bare: boolean, spelling: Spelling): void {
  const typed = raw.text;
  const forms = [canonical(typed)];
  const readings = spelling.readings.get(typed) ?? [];
  const isBare = bare || hasLostMarks(typed);
  for (const reading of readings) {
    // A reading of several syllables takes the word's place when it is the first; else it is left out.
    if (reading.length > 1) {
      if (reading === readings[0]) {
        reading.forEach((syllable, index) => {
          words.push(makeWord(typed, [syllable], isBare, raw.ends && index === reading.length - 1));
        });
        return;
      }
    } else if (reading[0] !== undefined) forms.push(reading[0]);
  }
  if (readings.length === 0 && !isSyllable(typed)) forms.push(...respell(typed));
  const word = makeWord(typed, forms, isBare, raw.ends);
  const unmarked = bare ? spelling.folded.get(typed) : undefined;
  words.push(unmarked ? { ...word, folded: [...word.folded, ...unmarked.map(foldCanonical)] } : word);
}

function makeWord(typed: string, forms: readonly string[], bare: boolean, ends: boolean): Word {
  return { typed, forms, folded: [...new Set(forms.map(foldCanonical))], bare, ends };
}

/** ASCII letters of a canonical form (whose tone mark stands at its end). */
export function foldCanonical(form: string): string {
  return fold(/[\u0300-\u036f]$/.test(form) ? form.slice(0, -1) : form);
}
