import { type DangerFeatureTaker, readDangerFeatures, type SignHit, START } from './danger-features.js';
import { type DangerFit, kindAt } from './danger-fit.js';
import type { Lexicon } from './lexicon.js';
import type { Normalised } from './normalise.js';
import { PairTable, type PairTableState } from './pair-table.js';
import { DANGER_KINDS, type DangerKind } from './understanding.js';

export interface Hint {
  /** Logarithm of the odds that it tells of danger, of the likeliest part of the message. */
  readonly sum: number;
  /** The likeliest kind, worked out when asked for; none while nothing is learned. */
  kind(): DangerKind | undefined;
}

/** What was learned, by the numbers of words and signs. */
export interface DangerHintsState {
  readonly bias: number;
  readonly start: number;
  readonly words: Float64Array;
  readonly marked: Float64Array;
  readonly follows: PairTableState;
  readonly skips: PairTableState;
  readonly signCount: number;
  readonly signs: Float64Array;
  readonly pairs: Float64Array;
  readonly kindBias: readonly number[];
  /** Rows of weights, one for each kind; words, words in a row and signs have the number of their row. */
  readonly kindRows: Float64Array;
  readonly wordKinds: ReadonlyMap<number, number>;
  readonly followKinds: PairTableState;
  readonly signKinds: readonly number[];
}

/** A long story is looked at in parts of so many words, each beginning half a part after the one before. */
const PART_WORDS = 32;

const NO_ROW = -1;

/** @param signs names of the signs by their number */
export function hintsState(fit: DangerFit, signs: readonly string[], lexicon: Lexicon): DangerHintsState {
  const words: [number, number][] = [];
  const marked: [number, number][] = [];
  const follows = new PairTable();
  const skips = new PairTable();
  const pairs = new Float64Array(signs.length * signs.length);
  const numbers = new Map(signs.map((name, number) => [`<${name}>`, number]));
  for (const [name, weight] of fit.weights) {
    const [one = '', two, three] = name.split(' ');
    const first = numbers.get(one);
    const second = numbers.get(two ?? '');
    if (first !== undefined && second !== undefined) pairs[first * signs.length + second] = weight;
    else if (one.startsWith('<')) continue;
    else if (three !== undefined) skips.set(lexicon.of(one), lexicon.of(three), weight);
    else if (two !== undefined) follows.set(lexicon.of(one), lexicon.of(two), weight);
    else if (one.startsWith('=')) marked.push([lexicon.of(one.slice(1)), weight]);
    else words.push([lexicon.of(one), weight]);
  }
  const rows: number[] = [];
  const wordKinds = new Map<number, number>();
  const followKinds = new PairTable();
  const signKinds = signs.map(() => NO_ROW);
  for (const [name, kinds] of fit.kinds) {
    const row = rows.length / DANGER_KINDS.length;
    rows.push(...kinds);
    const sign = numbers.get(name);
    const [one = '', two] = name.split(' ');
    if (sign !== undefined) signKinds[sign] = row;
    else if (one.startsWith('<')) continue;
    else if (two === undefined) wordKinds.set(lexicon.of(one), row);
    else followKinds.set(lexicon.of(one), lexicon.of(two), row);
  }
  const start = lexicon.of(START);
  return {
    bias: fit.bias,
    start,
    words: byNumber(words, lexicon.names.length),
    marked: byNumber(marked, lexicon.names.length),
    follows: follows.state,
    skips: skips.state,
    signCount: signs.length,
    signs: Float64Array.from(signs, (name) => fit.weights.get(`<${name}>`) ?? 0),
    pairs,
    kindBias: fit.kindBias,
    kindRows: Float64Array.from(rows),
    wordKinds,
    followKinds: followKinds.state,
    signKinds,
  };
}

function byNumber(entries: readonly (readonly [number, number])[], count: number): Float64Array {
  const values = new Float64Array(count);
  for (const [number, value] of entries) values[number] = value;
  return values;
}

/** Adds up what the words and signs weigh. */
class Adder implements DangerFeatureTaker {
  sum = 0;
  readonly start: number;
  readonly #state: DangerHintsState;
  readonly #follows: PairTable;
  readonly #skips: PairTable;

  constructor(state: DangerHintsState) {
    this.start = state.start;
    this.#state = state;
    this.#follows = new PairTable(state.follows);
    this.#skips = new PairTable(state.skips);
  }
  word(plain: number): void {
    this.sum += this.#state.words[plain] ?? 0;
  }
  marked(form: number): void {
    this.sum += this.#state.marked[form] ?? 0;
  }
  follows(first: number, second: number): void {
    this.sum += this.#follows.get(first, second, 0);
  }
  skips(first: number, second: number): void {
    this.sum += this.#skips.get(first, second, 0);
  }
  sign(sign: number): void {
    this.sum += this.#state.signs[sign] ?? 0;
  }
  pair(first: number, second: number): void {
    this.sum += this.#state.pairs[first * this.#state.signCount + second] ?? 0;
  }
}

/** Weighs the signs and words of a message by what was learned from told/ and calm/. */
export class DangerHints {
  readonly #state: DangerHintsState;
  readonly #adder: Adder;
  readonly #followKinds: PairTable;

  constructor(state: DangerHintsState) {
    this.#state = state;
    this.#adder = new Adder(state);
    this.#followKinds = new PairTable(state.followKinds);
  }

  read(message: Normalised, signs: readonly SignHit[]): Hint {
    const { words } = message;
    let sum = Number.NEGATIVE_INFINITY;
    let part = { from: 0, to: 0 };
    for (let from = 0; from === 0 || from + PART_WORDS / 2 < words.length; from += PART_WORDS / 2) {
      const to = words.length <= PART_WORDS * 1.25 ? words.length : Math.min(words.length, from + PART_WORDS);
      this.#adder.sum = this.#state.bias;
      readDangerFeatures(message, signs, from, to, this.#adder);
      if (this.#adder.sum > sum) {
        sum = this.#adder.sum;
        part = { from, to };
      }
      if (to === words.length) break;
    }
    return { sum, kind: () => this.#kind(message, signs, part.from, part.to) };
  }

  #kind(message: Normalised, signs: readonly SignHit[], from: number, to: number): DangerKind | undefined {
    const { kindRows, wordKinds, signKinds, kindBias, start } = this.#state;
    if (kindBias.length === 0) return undefined;
    const sums = Float64Array.from(kindBias);
    const add = (row: number | undefined): void => {
      if (row === undefined || row === NO_ROW) return;
      for (let at = 0; at < sums.length; at += 1)
        sums[at] = (sums[at] ?? 0) + (kindRows[row * sums.length + at] ?? 0);
    };
    const nothing = (): void => undefined;
    readDangerFeatures(message, signs, from, to, {
      start,
      word: (plain) => add(wordKinds.get(plain)),
      marked: nothing,
      follows: (first, second) => add(this.#followKinds.get(first, second, NO_ROW)),
      skips: nothing,
      sign: (sign) => add(signKinds[sign]),
      pair: nothing,
    });
    return kindAt(sums.reduce((top, sum, at) => (sum > (sums[top] ?? 0) ? at : top), 0));
  }
}
