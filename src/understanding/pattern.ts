import { canonical } from './syllable.js';

/**
 * The notation of the danger rules, made to be read and written by people who know children, not programs:
 *
 *     ba (đánh|đập) em        words in this order; (a|b) one of several, each may be more than one word
 *     <me> [đang] bị đánh     <me> a group of words from groups.yaml; [x] may be there or not
 *     muốn .. chết            .. up to four other words between; ... up to nine; never across a sentence end
 *     ^ cứu $                 ^ begins the message, $ ends a sentence
 *     #                       any number
 *     = tự tử                 a leading "=": only when typed with its marks (without, it could mean "từ từ")
 *     ba =vả em               "=" before one word: only this word needs its marks
 */
export type Part =
  | { readonly kind: 'word'; readonly form: string; readonly exact: boolean }
  | { readonly kind: 'number' }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'begin' }
  | { readonly kind: 'end' }
  | { readonly kind: 'oneOf'; readonly choices: readonly (readonly Part[])[]; readonly optional: boolean };

export interface Pattern {
  readonly source: string;
  readonly parts: readonly Part[];
  /** Only compared with marks. */
  readonly exact: boolean;
}

export type Groups = ReadonlyMap<string, readonly (readonly Part[])[]>;

/** @throws Error that quotes the pattern and says what is wrong. */
export function parsePattern(source: string, groups: Groups): Pattern {
  const exact = source.trimStart().startsWith('= ');
  const text = exact ? source.trimStart().slice(1) : source;
  const tokens =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/<[^>\s]+>|\.{2,3}|[()[\]|^$#]|[^\s()[\]|<>^$#]+/g) ?? [];
  let at = 0;
  const fail = (why: string): never => {
    throw new Error(`pattern "${source}": ${why}`);
  };
  const sequence = (): Part[] => {
    const parts: Part[] = [];
    for (; at < tokens.length; at += 1) {
      const token = tokens[at] ?? '';
      if (token === '|' || token === ')' || token === ']') break;
      parts.push(one(token));
    }
    return parts;
  };
  const one = (token: string): Part => {
    if (token === '(' || token === '[') return choice(token);
    if (token === '..') return { kind: 'gap', most: 4 };
    if (token === '...') return { kind: 'gap', most: 9 };
    if (token === '^') return { kind: 'begin' };
    if (token === '$') return { kind: 'end' };
    if (token === '#') return { kind: 'number' };
    if (token.startsWith('<')) {
      const choices = groups.get(token.slice(1, -1)) ?? fail(`no group ${token}`);
      return { kind: 'oneOf', choices, optional: false };
    }
    const exact = token.startsWith('=');
    return { kind: 'word', form: canonical(exact ? token.slice(1) : token), exact };
  };
  const choice = (open: string): Part => {
    const close = open === '(' ? ')' : ']';
    const choices: Part[][] = [];
    do {
      at += 1;
      choices.push(sequence());
    } while (tokens[at] === '|');
    if (tokens[at] !== close) fail(`"${open}" is not closed`);
    if (choices.some((parts) => parts.length === 0)) fail('an empty choice');
    return { kind: 'oneOf', choices, optional: open === '[' };
  };
  const parts = sequence();
  if (at < tokens.length) fail(`"${tokens[at]}" without its opening sign`);
  if (!parts.some((part) => part.kind === 'word' || (part.kind === 'oneOf' && !part.optional))) {
    fail('needs at least one word');
  }
  return { source, parts, exact };
}
