import { mobileNumbers, readCode } from '../reports/code.js';

/** The reporter's code somewhere in a message, as two lines of ten digits; undefined when there are not exactly two numbers. */
export function codeIn(text: string): string | undefined {
  const code = readCode(text);
  return code && `${code.first}\n${code.second}`;
}

/** How many digits prove that the code was written down. */
const PROOF_DIGITS = 4;

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

/** What proves that a code was written down: the end of its second number. */
export const proofOf = (code: string): string => digitsOf(code).slice(-PROOF_DIGITS);

/** Whether somebody wrote the proof, alone or within the number or both. Undefined when there are too few digits to be one. */
export function proves(text: string, proof: string): boolean | undefined {
  const digits = digitsOf(text);
  return digits.length < PROOF_DIGITS ? undefined : digits.endsWith(proof);
}

/** "0912345678 và 0387654321"; more words may tell a story, unless they name what the numbers are. */
const MOST_WORDS_BESIDE = 1;
const MOST_WORDS_NAMING = 7;

/**
 * The code when little else is written, so that two numbers told within a story stay a story.
 * @param isNamed whether the message says that it is the code
 */
export function codeAlone(text: string, isNamed: boolean): string | undefined {
  const words = text.match(/\p{L}+/gu) ?? [];
  return words.length > (isNamed ? MOST_WORDS_NAMING : MOST_WORDS_BESIDE) ? undefined : codeIn(text);
}

/** Whether a message is one number and hardly a word: half of a code, or somebody's telephone. */
export function isOneNumber(text: string): boolean {
  const words = text.match(/\p{L}+/gu) ?? [];
  return words.length <= MOST_WORDS_BESIDE && mobileNumbers(text).length === 1;
}
