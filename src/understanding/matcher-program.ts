import type { Lexicon } from './lexicon.js';
import type { Part, Pattern } from './pattern.js';
import { foldCanonical } from './word-reader.js';

/** What a step of a compiled pattern does. */
export const STEP = { done: 0, set: 1, number: 2, begin: 3, end: 4, gap: 5, fork: 6 } as const;

/**
 * Patterns compiled to numbers, as they are kept in a file. A step has a kind, an argument (set: a word list; gap: most
 * words skipped; fork: where its ways begin in `ways`, the first number there being how many), and the step after it.
 */
export interface MatcherProgram<T> {
  readonly values: readonly T[];
  /** By pattern: whether it is only compared with marks, its first step, and its needs. */
  readonly exact: Uint8Array;
  readonly starts: Int32Array;
  /** Word lists of which each must occur in this order. */
  readonly needs: readonly (readonly number[])[];
  /** The pattern begins with the first of its needs. */
  readonly beginsWithNeed: Uint8Array;
  readonly kinds: Uint8Array;
  readonly args: Int32Array;
  readonly nexts: Int32Array;
  /** Whether a match may end before the step. */
  readonly mayEnd: Uint8Array;
  readonly ways: Int32Array;
  /** Lexicon number → number of the word here, and of the word typed with its marks; -1 when no pattern has it. */
  readonly words: Int32Array;
  readonly strictWords: Int32Array;
  /** Lexicon number of ASCII letters → words here that have them. */
  readonly byFold: ReadonlyMap<number, readonly number[]>;
  /** Word here → word lists that it stands in, and patterns that are tried where it occurs. */
  readonly listsOf: readonly (readonly number[])[];
  readonly byAnchor: readonly (readonly number[])[];
  readonly listCount: number;
  /** Bit rows, one for each word list: which words stand in it. */
  readonly members: Uint32Array;
  readonly rowLength: number;
}

/** The number of a word; an exact word has a number of its own that only its marked form reaches. */
type NumberOf = (form: string, exact: boolean) => number;

/** `corpus` holds sample words, to know which words are common: a pattern is tried only where its rarest word occurs. */
export function compileMatcher<T>(
  patterns: readonly { readonly pattern: Pattern; readonly value: T }[],
  corpus: ReadonlyMap<string, number>,
  lexicon: Lexicon,
): MatcherProgram<T> {
  const numbers = new Map<string, number>();
  const byFold = new Map<number, number[]>();
  const cost = new Map<number, number>();
  const number: NumberOf = (form, exact) => {
    const key = exact ? `=${form}` : form;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const fresh = numbers.size;
    numbers.set(key, fresh);
    cost.set(fresh, 1 + (corpus.get(form) ?? 0));
    if (!exact) {
      const plain = lexicon.of(foldCanonical(form));
      byFold.set(plain, [...(byFold.get(plain) ?? []), fresh]);
    }
    return fresh;
  };
  const lists: (readonly number[])[] = [];
  const listsByWords = new Map<string, number>();
  const listsOf: number[][] = [];
  const listNumber = (words: readonly number[]): number => {
    const key = [...words].sort((one, other) => one - other).join();
    const found = listsByWords.get(key);
    if (found !== undefined) return found;
    const fresh = lists.length;
    lists.push(words);
    listsByWords.set(key, fresh);
    return fresh;
  };
  const needLists = new Set<number>();
  const steps = new Steps(number, listNumber);
  const byAnchor: number[][] = [];
  const compiled = patterns.map(({ pattern }, at) => {
    const needs = pattern.parts.map((part) => wordsOf(part, number));
    const lists = needs.filter((words) => words.length > 0).map(listNumber);
    for (const list of lists) needLists.add(list);
    const start = steps.sequence(pattern.parts, DONE);
    for (const anchor of anchorOf(pattern.parts, number, cost)) append(byAnchor, anchor, at);
    return { start, needs: lists, begins: (needs[0]?.length ?? 0) > 0 };
  });
  for (const list of needLists) for (const word of lists[list] ?? []) append(listsOf, word, list);

  const rowLength = Math.ceil(numbers.size / 32);
  const members = new Uint32Array(lists.length * rowLength);
  lists.forEach((words, list) => {
    for (const word of words) {
      const at = list * rowLength + (word >>> 5);
      members[at] = (members[at] ?? 0) | (1 << (word & 31));
    }
  });
  const plain: [number, number][] = [];
  const strict: [number, number][] = [];
  for (const [name, at] of numbers) {
    if (name.startsWith('=')) strict.push([lexicon.of(name.slice(1)), at]);
    else plain.push([lexicon.of(name), at]);
  }
  const byLexicon = (entries: readonly (readonly [number, number])[]): Int32Array => {
    const found = new Int32Array(lexicon.names.length).fill(-1);
    for (const [name, at] of entries) found[name] = at;
    return found;
  };
  return {
    values: patterns.map(({ value }) => value),
    exact: Uint8Array.from(patterns, ({ pattern }) => (pattern.exact ? 1 : 0)),
    starts: Int32Array.from(compiled, ({ start }) => start),
    needs: compiled.map(({ needs }) => needs),
    beginsWithNeed: Uint8Array.from(compiled, ({ begins }) => (begins ? 1 : 0)),
    ...steps.arrays(),
    words: byLexicon(plain),
    strictWords: byLexicon(strict),
    byFold,
    listsOf: Array.from({ length: numbers.size }, (_, word) => listsOf[word] ?? []),
    byAnchor: Array.from({ length: numbers.size }, (_, word) => byAnchor[word] ?? []),
    listCount: lists.length,
    members,
    rowLength,
  };
}

const DONE = 0;

/** The steps of all patterns, each pattern built from its end. */
class Steps {
  readonly #kinds: number[] = [STEP.done];
  readonly #args: number[] = [0];
  readonly #nexts: number[] = [0];
  readonly #ways: number[] = [];
  readonly #number: NumberOf;
  readonly #list: (words: readonly number[]) => number;

  constructor(number: NumberOf, list: (words: readonly number[]) => number) {
    this.#number = number;
    this.#list = list;
  }

  sequence(parts: readonly Part[], next: number): number {
    let step = next;
    for (const part of [...parts].reverse()) step = this.#one(part, step);
    return step;
  }

  arrays() {
    const mayEnd = this.#kinds.map(() => 0);
    this.#kinds.forEach((kind, step) => {
      // A step stands after those it leads to, so that they are known.
      const arg = this.#args[step] ?? 0;
      if (kind === STEP.done || kind === STEP.end) mayEnd[step] = 1;
      else if (kind === STEP.gap) mayEnd[step] = mayEnd[this.#nexts[step] ?? 0] ?? 0;
      else if (kind === STEP.fork) {
        const ways = this.#ways.slice(arg + 1, arg + 1 + (this.#ways[arg] ?? 0));
        mayEnd[step] = ways.some((way) => mayEnd[way] === 1) ? 1 : 0;
      }
    });
    return {
      kinds: Uint8Array.from(this.#kinds),
      args: Int32Array.from(this.#args),
      nexts: Int32Array.from(this.#nexts),
      mayEnd: Uint8Array.from(mayEnd),
      ways: Int32Array.from(this.#ways),
    };
  }

  #put(kind: number, arg: number, next: number): number {
    this.#kinds.push(kind);
    this.#args.push(arg);
    this.#nexts.push(next);
    return this.#kinds.length - 1;
  }

  #one(part: Part, next: number): number {
    switch (part.kind) {
      case 'word':
        return this.#put(STEP.set, this.#list([this.#number(part.form, part.exact)]), next);
      case 'gap':
        return this.#put(STEP.gap, part.most, next);
      case 'number':
      case 'begin':
      case 'end':
        return this.#put(STEP[part.kind], 0, next);
      case 'oneOf': {
        const single = new Set<number>();
        const ways: number[] = [];
        for (const choice of part.choices) {
          const only = choice[0];
          if (choice.length === 1 && only?.kind === 'word') single.add(this.#number(only.form, only.exact));
          else ways.push(this.sequence(choice, next));
        }
        if (single.size > 0) ways.push(this.#put(STEP.set, this.#list([...single]), next));
        if (part.optional) ways.push(next);
        const [way] = ways;
        if (ways.length === 1 && way !== undefined) return way;
        const at = this.#ways.length;
        this.#ways.push(ways.length, ...ways);
        return this.#put(STEP.fork, at, next);
      }
    }
  }
}

function append(lists: number[][], at: number, value: number): void {
  const list = lists[at] ?? [];
  list.push(value);
  lists[at] = list;
}

/** Words of which one must occur where the part must stand (the first words of its choices); empty when it may be absent. */
function wordsOf(part: Part, number: NumberOf): readonly number[] {
  if (part.kind === 'word') return [number(part.form, part.exact)];
  if (part.kind !== 'oneOf' || part.optional) return [];
  const words: number[] = [];
  for (const choice of part.choices) {
    const opening = choice[0] ? wordsOf(choice[0], number) : [];
    if (opening.length === 0) return [];
    words.push(...opening);
  }
  return [...new Set(words)];
}

/** The words of which one must occur for the pattern to match, the rarest such set. */
function anchorOf(
  parts: readonly Part[],
  number: NumberOf,
  cost: ReadonlyMap<number, number>,
): readonly number[] {
  let best: readonly number[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    let words: number[] = [];
    if (part.kind === 'word') words = [number(part.form, part.exact)];
    else if (part.kind === 'oneOf' && !part.optional) {
      const each = part.choices.map((choice) => anchorOf(choice, number, cost));
      if (each.every((list) => list.length > 0)) words = each.flat();
    }
    if (words.length === 0) continue;
    const total = words.reduce((sum, word) => sum + (cost.get(word) ?? 1), 0);
    if (total < bestCost) {
      best = [...new Set(words)];
      bestCost = total;
    }
  }
  return best;
}
