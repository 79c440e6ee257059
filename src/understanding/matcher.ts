import { foldCanonical, type Normalised } from './normalise.js';
import type { Part, Pattern } from './pattern.js';

/** Where a pattern stands in the message: word positions, the end not included. */
export interface Hit<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}

type Node =
  | { readonly kind: 'set'; readonly words: ReadonlySet<number>; readonly next: Node }
  | { readonly kind: 'number' | 'begin' | 'end'; readonly next: Node }
  | { readonly kind: 'gap'; readonly most: number; readonly next: Node }
  | { readonly kind: 'fork'; readonly ways: readonly Node[] }
  | { readonly kind: 'done' };

/** The number of a word; an exact word has a number of its own that only its marked form reaches. */
type NumberOf = (form: string, exact: boolean) => number;

interface Compiled<T> {
  readonly value: T;
  readonly exact: boolean;
  readonly start: Node;
  /** Numbers of the word lists (see `#lists`) of which each must occur, in this order. */
  readonly needs: readonly number[];
  /** The pattern begins with the first of `needs`. */
  readonly beginsWithNeed: boolean;
}

/** Steps one message may cost; far above what a message needs, so that no text can make the screen slow. */
const MOST_STEPS = 200_000;
const DONE: Node = { kind: 'done' };

/**
 * Many patterns tried on a message at once. Words are numbered when it is built; a pattern is tried only where the
 * rarest word that it needs occurs, so that the cost follows the message and hardly the number of patterns.
 */
export class Matcher<T> {
  readonly #numbers = new Map<string, number>();
  readonly #byFold = new Map<string, number[]>();
  readonly #byAnchor: Compiled<T>[][] = [];
  /** Word number → the word lists that it stands in. */
  readonly #listsOf: number[][] = [];
  #listCount = 0;

  /** `corpus` holds sample words, to know which words are common. */
  constructor(
    patterns: readonly { readonly pattern: Pattern; readonly value: T }[],
    corpus: ReadonlyMap<string, number>,
  ) {
    const cost = new Map<number, number>();
    const number = (form: string, exact: boolean): number => {
      const key = exact ? `=${form}` : form;
      const known = this.#numbers.get(key);
      if (known !== undefined) return known;
      const fresh = this.#numbers.size;
      this.#numbers.set(key, fresh);
      cost.set(fresh, 1 + (corpus.get(form) ?? 0));
      if (!exact) {
        const plain = foldCanonical(form);
        this.#byFold.set(plain, [...(this.#byFold.get(plain) ?? []), fresh]);
      }
      return fresh;
    };
    const known = new Map<string, number>();
    const listNumber = (words: readonly number[]): number => {
      const key = [...words].sort((one, other) => one - other).join();
      const found = known.get(key);
      if (found !== undefined) return found;
      const fresh = this.#listCount++;
      known.set(key, fresh);
      for (const word of words) {
        const lists = this.#listsOf[word] ?? [];
        lists.push(fresh);
        this.#listsOf[word] = lists;
      }
      return fresh;
    };
    for (const { pattern, value } of patterns) {
      const needs = pattern.parts.map((part) => wordsOf(part, number));
      const compiled: Compiled<T> = {
        value,
        exact: pattern.exact,
        start: compile(pattern.parts, DONE, number),
        needs: needs.filter((words) => words.length > 0).map(listNumber),
        beginsWithNeed: (needs[0]?.length ?? 0) > 0,
      };
      for (const anchor of anchorOf(pattern.parts, number, cost)) {
        const list = this.#byAnchor[anchor] ?? [];
        list.push(compiled);
        this.#byAnchor[anchor] = list;
      }
    }
  }

  /** Every pattern found, each once for every place where it begins. */
  find(message: Normalised): Hit<T>[] {
    const { words } = message;
    const exact: (readonly number[])[] = [];
    const loose: (readonly number[])[] = [];
    const tries = new Set<Compiled<T>>();
    const first = new Int32Array(this.#listCount).fill(-1);
    const last = new Int32Array(this.#listCount).fill(-1);
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at];
      if (!word) break;
      const own: number[] = [];
      for (const form of word.forms) {
        const id = this.#numbers.get(form);
        if (id !== undefined) own.push(id);
        const strict = this.#numbers.get(`=${form}`);
        if (strict !== undefined) own.push(strict);
      }
      exact.push(own);
      let all: number[] = own;
      if (word.bare) {
        for (const plain of word.folded) {
          const more = this.#byFold.get(plain);
          if (more) all = [...all, ...more];
        }
      }
      loose.push(all);
      for (const id of all) {
        for (const list of this.#listsOf[id] ?? []) {
          if ((first[list] ?? -1) < 0) first[list] = at;
          last[list] = at;
        }
        for (const compiled of this.#byAnchor[id] ?? []) tries.add(compiled);
      }
    }
    const run: Run = { words, ids: exact, steps: 0 };
    const hits: Hit<T>[] = [];
    for (const compiled of tries) {
      const { needs } = compiled;
      let reached = -1;
      let possible = true;
      for (const list of needs) {
        reached = Math.max(reached, first[list] ?? -1);
        if ((first[list] ?? -1) < 0 || (last[list] ?? -1) < reached) {
          possible = false;
          break;
        }
      }
      if (!possible) continue;
      run.ids = compiled.exact ? exact : loose;
      const begin = compiled.beginsWithNeed ? (needs[0] ?? -1) : -1;
      const end = begin < 0 ? words.length - 1 : (last[begin] ?? -1);
      for (let from = begin < 0 ? 0 : (first[begin] ?? 0); from <= end && run.steps < MOST_STEPS; from += 1) {
        const to = follow(compiled.start, from, run);
        if (to >= 0) hits.push({ value: compiled.value, from, to });
      }
    }
    return hits;
  }
}

interface Run {
  readonly words: Normalised['words'];
  ids: readonly (readonly number[])[];
  steps: number;
}

/** Where a match that began earlier ends, or -1. */
function follow(node: Node, at: number, run: Run): number {
  run.steps += 1;
  switch (node.kind) {
    case 'done':
      return at;
    case 'set': {
      const ids = run.ids[at];
      if (!ids) return -1;
      for (const id of ids) {
        // The next word must be of the same sentence, unless the match is complete.
        if (node.words.has(id)) return passes(node.next, at, run) ? follow(node.next, at + 1, run) : -1;
      }
      return -1;
    }
    case 'number':
      return /^\d/.test(run.words[at]?.typed ?? '') && passes(node.next, at, run)
        ? follow(node.next, at + 1, run)
        : -1;
    case 'begin':
      return at === 0 ? follow(node.next, at, run) : -1;
    case 'end':
      return at > 0 && run.words[at - 1]?.ends ? follow(node.next, at, run) : -1;
    case 'gap': {
      for (let skipped = 0; skipped <= node.most && run.steps < MOST_STEPS; skipped += 1) {
        const to = follow(node.next, at + skipped, run);
        if (to >= 0) return to;
        const word = run.words[at + skipped];
        if (!word || word.ends) return -1;
      }
      return -1;
    }
    case 'fork':
      for (const way of node.ways) {
        const to = follow(way, at, run);
        if (to >= 0) return to;
      }
      return -1;
  }
}

function passes(next: Node, at: number, run: Run): boolean {
  return !run.words[at]?.ends || canEnd(next);
}

function canEnd(node: Node): boolean {
  if (node.kind === 'done' || node.kind === 'end') return true;
  if (node.kind === 'gap') return canEnd(node.next);
  return node.kind === 'fork' && node.ways.some(canEnd);
}

function compile(parts: readonly Part[], next: Node, number: NumberOf): Node {
  let node = next;
  for (const part of [...parts].reverse()) node = compileOne(part, node, number);
  return node;
}

function compileOne(part: Part, next: Node, number: NumberOf): Node {
  switch (part.kind) {
    case 'word':
      return { kind: 'set', words: new Set([number(part.form, part.exact)]), next };
    case 'gap':
      return { kind: 'gap', most: part.most, next };
    case 'number':
    case 'begin':
    case 'end':
      return { kind: part.kind, next };
    case 'oneOf': {
      const single = new Set<number>();
      const ways: Node[] = [];
      for (const choice of part.choices) {
        const only = choice[0];
        if (choice.length === 1 && only?.kind === 'word') single.add(number(only.form, only.exact));
        else ways.push(compile(choice, next, number));
      }
      if (single.size > 0) ways.push({ kind: 'set', words: single, next });
      if (part.optional) ways.push(next);
      return ways.length === 1 && ways[0] ? ways[0] : { kind: 'fork', ways };
    }
  }
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
