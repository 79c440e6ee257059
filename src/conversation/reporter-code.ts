import { readCode } from '../reports/code.js';

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

/** The code when nothing else is written, so that two numbers told within a story stay a story. */
export function codeAlone(text: string): string | undefined {
  return /\p{L}/u.test(text) ? undefined : codeIn(text);
}
