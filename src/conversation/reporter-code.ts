import { readCode } from '../reports/code.js';

/** The reporter's code somewhere in a message, as two lines of ten digits; undefined when there are not exactly two numbers. */
export function codeIn(text: string): string | undefined {
  const code = readCode(text);
  return code && `${code.first}\n${code.second}`;
}

/** The code when nothing else is written, so that two numbers told within a story stay a story. */
export function codeAlone(text: string): string | undefined {
  return /\p{L}/u.test(text) ? undefined : codeIn(text);
}
