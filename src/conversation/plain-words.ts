import { fold } from '../texts/fold.js';
import type { Texts } from '../texts/texts.js';

/**
 * The message as plain words for comparing: small letters without diacritics, signs and emoji, letters drawn out
 * ("thôiiii") once. Works on composed and decomposed input alike.
 */
export const plainWords = (text: string): string => readByTable(text, PLAIN, true) ?? plainWordsSlowly(text);

/** The words as they are written, small and composed, with one space between: "tối qua". */
export const writtenWords = (text: string): string =>
  readByTable(text, WRITTEN, false) ?? writtenSlowly(text);

/** Every alphabet and every sign; what the table of letters is made of. */
export function plainWordsSlowly(text: string): string {
  return fold(text)
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/]+/gu, ' ')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .trim();
}

const writtenSlowly = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Nearly every message is short and of Latin letters: each is looked up, where the general way makes five passes. */
const TABLE_END = 0x1f00;
const LONGEST = 1024;
const SPACE = 0x20;
const NOT_HERE = 0;

const PLAIN = tableOf(plainWordsSlowly);
const WRITTEN = tableOf(writtenSlowly);

/** What each letter becomes alone: another letter, a space, or `NOT_HERE` when that takes more than a table. */
function tableOf(slowly: (text: string) => string): Uint16Array {
  const table = new Uint16Array(TABLE_END);
  for (let unit = 0; unit < TABLE_END; unit += 1) {
    const letter = String.fromCharCode(unit);
    // Loose marks and what is no Latin letter are left to the general way.
    if (/\p{M}/u.test(letter) || (/\p{L}/u.test(letter) && !/\p{Script=Latin}/u.test(letter))) continue;
    if (letter.toLowerCase().length > 1) continue;
    const becomes = slowly(letter);
    if (becomes.length <= 1) table[unit] = becomes === '' ? SPACE : becomes.charCodeAt(0);
  }
  return table;
}

/** Undefined when a letter is not in the table. @param once a letter that comes three times and more is written once */
function readByTable(text: string, table: Uint16Array, once: boolean): string | undefined {
  if (text.length > LONGEST) return undefined;
  const units: number[] = [];
  let last = SPACE;
  let run = 0;
  let isChanged = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const becomes = unit < TABLE_END ? (table[unit] ?? NOT_HERE) : NOT_HERE;
    if (becomes === NOT_HERE) return undefined;
    if (becomes !== unit) isChanged = true;
    if (becomes === SPACE && last === SPACE) continue;
    run = becomes === last ? run + 1 : 1;
    last = becomes;
    if (once && run > 2 && isLetter(becomes)) {
      if (run === 3) units.pop();
      continue;
    }
    units.push(becomes);
  }
  if (last === SPACE) units.pop();
  // Many a message is written so already.
  return !isChanged && units.length === text.length ? text : String.fromCharCode(...units);
}

/** Signs were made spaces; what is left below the letters is a digit or "/". */
const isLetter = (unit: number): boolean => unit >= 0x61 && !(unit >= 0xb2 && unit <= 0xbe && unit !== 0xba);

/** The entries of a list kept as one text: "quay lại | trở lại | back". */
export const listOf = (text: string): string[] =>
  text
    .split('|')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** How many words, for telling a story from a slip of the finger. */
export const countWords = (plain: string): number => (plain === '' ? 0 : plain.split(' ').length);

/**
 * Matches whole words that are one of the phrases. A hundred phrases cost about as much as one.
 * @param start what must stand before, `end` after them: a space or nothing unless said otherwise
 */
export const oneOf = (phrases: readonly string[], start = '(?:^| )', end = '(?: |$)'): RegExp =>
  phrases.length === 0
    ? /(?!)/
    : new RegExp(
        `${start}(?:${phrases.map((phrase) => phrase.replace(/[^\p{L}\p{N} ]/gu, '\\$&')).join('|')})${end}`,
        'u',
      );

/**
 * Whether a message holds one of the phrases as whole words: as they are written, and where it has no diacritics at all
 * also without them. There only phrases of two words and more count: "toi" may be "I" or "dark".
 */
export function phrasesIn(phrases: readonly string[]): (text: string, plain: string) => boolean {
  const written = oneOf(phrases.map((phrase) => phrase.normalize('NFC').toLowerCase()));
  const longer = oneOf(phrases.filter((phrase) => phrase.includes(' ')).map(plainWords));
  return (text, plain) => {
    const exact = writtenWords(text);
    return written.test(exact) || (exact === plain && longer.test(exact));
  };
}

/** `phrasesIn` the list kept under a key; nothing where there is no such text. */
export const phrasesOf = (texts: Texts, key: string): ((text: string, plain: string) => boolean) =>
  phrasesIn(texts.has(key) ? listOf(texts.say(key)) : []);
