import { fold } from '../texts/fold.js';

/**
 * The message as plain words for comparing: small letters without diacritics, signs and emoji, letters drawn out
 * ("thôiiii") once. Works on composed and decomposed input alike.
 */
export function plainWords(text: string): string {
  return fold(text)
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/]+/gu, ' ')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .trim();
}

/** The entries of a list kept as one text: "quay lại | trở lại | back". */
export const listOf = (text: string): string[] =>
  text
    .split('|')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** How many words, for telling a story from a slip of the finger. */
export const countWords = (plain: string): number => (plain === '' ? 0 : plain.split(' ').length);
