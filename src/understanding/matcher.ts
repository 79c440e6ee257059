import { type MatcherProgram, STEP } from './matcher-program.js';
import type { Normalised } from './normalise.js';
import type { Word } from './word-reader.js';

/** Where a pattern stands in the message: word positions, the end not included. */
export interface Hit<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}

/** What a word means to the patterns. */
interface Meaning {
  /** Numbers of its forms, and with those that have the same ASCII letters where it was typed without marks. */
  readonly exact: readonly number[];
  readonly loose: readonly number[];
  /** Word lists that one of them stands in, and patterns to try where it occurs. */
  readonly lists: Int32Array;
  readonly tries: Int32Array;
}

/** Steps one message may cost; far above what a message needs, so that no text can make the screen slow. */
const MOST_STEPS = 60_000;

/**
 * Many patterns tried on a message at once. A pattern is tried only where the rarest word that it needs occurs, so that
 * the cost follows the message and hardly the number of patterns.
 */
export class Matcher<T> {
  readonly #program: MatcherProgram<T>;
  readonly #meanings: (Meaning | undefined)[] = [];
  // Work space of one look, used again: looks never overlap. A place counts when its stamp is that of the look.
  readonly #tried: Int32Array;
  readonly #seen: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  #look = 0;
  #steps = 0;
  #words: readonly Word[] = [];
  #ids: readonly (readonly number[])[] = [];

  constructor(program: MatcherProgram<T>) {
    this.#program = program;
    this.#tried = new Int32Array(program.values.length);
    this.#seen = new Int32Array(program.listCount);
    this.#first = new Int32Array(program.listCount);
    this.#last = new Int32Array(program.listCount);
  }

  /** Every pattern found, each once for every place where it begins. */
  find({ words }: Normalised): Hit<T>[] {
    const { program, tries, exact, loose } = this.#prepare(words);
    const hits: Hit<T>[] = [];
    for (const pattern of tries) {
      const needs = program.needs[pattern] ?? [];
      if (!this.#isPossible(needs)) continue;
      this.#ids = program.exact[pattern] === 1 ? exact : loose;
      const begin = program.beginsWithNeed[pattern] === 1 ? (needs[0] ?? -1) : -1;
      const end = begin < 0 ? words.length - 1 : (this.#last[begin] ?? -1);
      const start = program.starts[pattern] ?? 0;
      const value = program.values[pattern];
      if (value === undefined) continue;
      let from = begin < 0 ? 0 : (this.#first[begin] ?? 0);
      for (; from <= end && this.#steps < MOST_STEPS; from += 1) {
        const to = this.#follow(start, from);
        if (to >= 0) hits.push({ value, from, to });
      }
    }
    return hits;
  }

  /** Marks where the word lists occur and gathers the patterns to try. */
  #prepare(words: readonly Word[]) {
    const exact: (readonly number[])[] = [];
    const loose: (readonly number[])[] = [];
    const tries: number[] = [];
    this.#look += 1;
    this.#steps = 0;
    this.#words = words;
    const look = this.#look;
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at];
      if (!word) break;
      const meaning = this.#meaningOf(word);
      exact.push(meaning.exact);
      loose.push(meaning.loose);
      const { lists, tries: more } = meaning;
      for (let each = 0; each < lists.length; each += 1) {
        const list = lists[each] ?? 0;
        if (this.#seen[list] !== look) {
          this.#seen[list] = look;
          this.#first[list] = at;
        }
        this.#last[list] = at;
      }
      for (let each = 0; each < more.length; each += 1) {
        const pattern = more[each] ?? 0;
        if (this.#tried[pattern] === look) continue;
        this.#tried[pattern] = look;
        tries.push(pattern);
      }
    }
    return { program: this.#program, tries, exact, loose };
  }

  /** Whether every needed word list occurs, in the order needed. */
  #isPossible(needs: readonly number[]): boolean {
    let reached = -1;
    for (let each = 0; each < needs.length; each += 1) {
      const list = needs[each] ?? 0;
      if (this.#seen[list] !== this.#look) return false;
      reached = Math.max(reached, this.#first[list] ?? -1);
      if ((this.#last[list] ?? -1) < reached) return false;
    }
    return true;
  }

  #meaningOf(word: Word): Meaning {
    const known = this.#meanings[word.memory];
    if (known) return known;
    const program = this.#program;
    const exact: number[] = [];
    for (const form of word.formNumbers) {
      for (const id of [program.words[form] ?? -1, program.strictWords[form] ?? -1])
        if (id >= 0) exact.push(id);
    }
    const loose = [...exact];
    if (word.bare) for (const plain of word.foldedNumbers) loose.push(...(program.byFold.get(plain) ?? []));
    const meaning = {
      exact,
      loose: [...new Set(loose)],
      lists: Int32Array.from(new Set(loose.flatMap((id) => program.listsOf[id] ?? []))),
      tries: Int32Array.from(new Set(loose.flatMap((id) => program.byAnchor[id] ?? []))),
    };
    if (word.memory >= 0) this.#meanings[word.memory] = meaning;
    return meaning;
  }

  /** Where a match that began earlier ends, or -1. */
  #follow(step: number, at: number): number {
    this.#steps += 1;
    const { kinds, args, nexts, ways } = this.#program;
    const next = nexts[step] ?? 0;
    switch (kinds[step]) {
      case STEP.done:
        return at;
      case STEP.set:
        if (!this.#stands(args[step] ?? 0, at)) return -1;
        // The next word must be of the same sentence, unless the match is complete.
        return this.#passes(next, at) ? this.#follow(next, at + 1) : -1;
      case STEP.number: {
        const digit = this.#words[at]?.typed.charCodeAt(0) ?? 0;
        return digit >= 0x30 && digit <= 0x39 && this.#passes(next, at) ? this.#follow(next, at + 1) : -1;
      }
      case STEP.begin:
        return at === 0 ? this.#follow(next, at) : -1;
      case STEP.end:
        return at > 0 && this.#words[at - 1]?.ends ? this.#follow(next, at) : -1;
      case STEP.gap: {
        const most = args[step] ?? 0;
        for (let skipped = 0; skipped <= most && this.#steps < MOST_STEPS; skipped += 1) {
          const to = this.#follow(next, at + skipped);
          if (to >= 0) return to;
          const word = this.#words[at + skipped];
          if (!word || word.ends) return -1;
        }
        return -1;
      }
      default: {
        const from = (args[step] ?? 0) + 1;
        const end = from + (ways[from - 1] ?? 0);
        for (let way = from; way < end; way += 1) {
          const to = this.#follow(ways[way] ?? 0, at);
          if (to >= 0) return to;
        }
        return -1;
      }
    }
  }

  /** Whether the word at the place stands in the word list. */
  #stands(list: number, at: number): boolean {
    const ids = this.#ids[at];
    if (!ids) return false;
    const { members, rowLength } = this.#program;
    const row = list * rowLength;
    for (let each = 0; each < ids.length; each += 1) {
      const id = ids[each] ?? 0;
      if (((members[row + (id >>> 5)] ?? 0) & (1 << (id & 31))) !== 0) return true;
    }
    return false;
  }

  #passes(next: number, at: number): boolean {
    return !this.#words[at]?.ends || this.#program.mayEnd[next] === 1;
  }
}
