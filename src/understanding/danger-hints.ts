import { type ByteRows, byteRows, RowSums } from './byte-rows.js';
import { type DangerFeatureTaker, readDangerFeatures, type SignHit, START } from './danger-features.js';
import { type DangerFit, kindAt } from './danger-fit.js';
import { unitsSay } from './hidden-layer.js';
import type { Lexicon } from './lexicon.js';
import type { Normalised } from './normalise.js';
import { PairTable, type PairTableState } from './pair-table.js';
import type { DangerKind, DangerLevel } from './understanding.js';

export interface Hint {
  /** How much it speaks for danger, of the likeliest part of the message. */
  readonly sum: number;
  /** What that part tells, if it tells of danger: worked out when asked for; none while nothing is learned. */
  told(): Told | undefined;
}

export interface Told {
  /** The likeliest kind. */
  readonly kind: DangerKind;
  readonly level: DangerLevel;
}

/** What was learned: rows, one for each feature, and by the numbers of words and signs which row is theirs. */
export interface DangerHintsState {
  readonly bias: number;
  /** By row what it weighs by itself. */
  readonly weights: Float64Array;
  /** Row after row what it weighs for each hidden unit, in steps of the unit. */
  readonly rows: ByteRows;
  readonly steps: readonly number[];
  readonly unitBias: readonly number[];
  readonly danger: readonly number[];
  readonly kinds: readonly (readonly number[])[];
  readonly other: readonly number[];
  readonly hinted: readonly number[];
  readonly start: number;
  readonly words: Int32Array;
  readonly marked: Int32Array;
  readonly follows: PairTableState;
  readonly skips: PairTableState;
  readonly signCount: number;
  readonly signs: Int32Array;
  readonly pairs: Int32Array;
}

/** A long story is looked at in parts of so many words, each beginning half a part after the one before. */
const PART_WORDS = 32;

const NO_ROW = -1;
/**
 * Sexual abuse is only said when it is likelier than every other kind by so much: to name it where nothing of it was told
 * hurts more than to speak of violence where it was, and the numbers to call are the same.
 */
const NAMED_WITH_CARE: DangerKind = 'sexual_abuse';
const CARE = 1;
/** So much surer it must be that it befalls another: who suffers it and is thanked for looking out for somebody is left alone. */
const ANOTHER_FROM = 1;

/** @param signs names of the signs by their number */
export function hintsState(fit: DangerFit, signs: readonly string[], lexicon: Lexicon): DangerHintsState {
  const weights: number[] = [];
  const rows = new Int8Array(fit.features.size * fit.steps.length);
  const words: [number, number][] = [];
  const marked: [number, number][] = [];
  const follows = new PairTable();
  const skips = new PairTable();
  const ofSigns: [number, number][] = [];
  const pairs: [number, number][] = [];
  const numbers = new Map(signs.map((name, number) => [`<${name}>`, number]));
  for (const [name, { weight, units }] of fit.features) {
    const row = weights.length;
    rows.set(units, row * fit.steps.length);
    weights.push(weight);
    const [one = '', two, three] = name.split(' ');
    const first = numbers.get(one);
    const second = numbers.get(two ?? '');
    if (first !== undefined && second !== undefined) pairs.push([first * signs.length + second, row]);
    else if (first !== undefined && two === undefined) ofSigns.push([first, row]);
    else if (one.startsWith('<')) continue;
    else if (three !== undefined) skips.set(lexicon.of(one), lexicon.of(three), row);
    else if (two !== undefined) follows.set(lexicon.of(one), lexicon.of(two), row);
    else if (one.startsWith('=')) marked.push([lexicon.of(one.slice(1)), row]);
    else words.push([lexicon.of(one), row]);
  }
  const start = lexicon.of(START);
  const { bias, steps, unitBias, danger, kinds, other, hinted } = fit;
  return {
    bias,
    weights: Float64Array.from(weights),
    rows: byteRows(rows, fit.steps.length),
    steps,
    unitBias,
    danger,
    kinds,
    other,
    hinted,
    start,
    words: byNumber(words, lexicon.names.length),
    marked: byNumber(marked, lexicon.names.length),
    follows: follows.state,
    skips: skips.state,
    signCount: signs.length,
    signs: byNumber(ofSigns, signs.length),
    pairs: byNumber(pairs, signs.length * signs.length),
  };
}

function byNumber(entries: readonly (readonly [number, number])[], count: number): Int32Array {
  const rows = new Int32Array(count).fill(NO_ROW);
  for (const [number, row] of entries) rows[number] = row;
  return rows;
}

/** Adds up what the words and signs weigh. */
class Adder implements DangerFeatureTaker {
  readonly start: number;
  readonly #state: DangerHintsState;
  readonly #follows: PairTable;
  readonly #skips: PairTable;
  readonly #units: RowSums;
  #sum = 0;

  constructor(state: DangerHintsState) {
    this.start = state.start;
    this.#state = state;
    this.#follows = new PairTable(state.follows);
    this.#skips = new PairTable(state.skips);
    this.#units = new RowSums(state.rows);
  }
  begin(): void {
    this.#sum = this.#state.bias;
    this.#units.begin();
  }
  word(plain: number): void {
    this.#add(this.#state.words[plain] ?? NO_ROW);
  }
  marked(form: number): void {
    this.#add(this.#state.marked[form] ?? NO_ROW);
  }
  follows(first: number, second: number): void {
    this.#add(this.#follows.get(first, second, NO_ROW));
  }
  skips(first: number, second: number): void {
    this.#add(this.#skips.get(first, second, NO_ROW));
  }
  sign(sign: number): void {
    this.#add(this.#state.signs[sign] ?? NO_ROW);
  }
  pair(first: number, second: number): void {
    this.#add(this.#state.pairs[first * this.#state.signCount + second] ?? NO_ROW);
  }
  #add(row: number): void {
    if (row === NO_ROW) return;
    this.#sum += this.#state.weights[row] ?? 0;
    this.#units.add(row);
  }
  /** How much all of it speaks for danger. */
  sum(): number {
    return this.#sum + unitsSay(this.#units.sums(), this.#state, this.#state.danger);
  }
  /** What is told, if it tells of danger. */
  told(): Told | undefined {
    const { kinds, other, hinted } = this.#state;
    const sums = this.#units.sums();
    const says = (row: readonly number[]): number => unitsSay(sums, this.#state, row) + (row.at(-1) ?? 0);
    if (kinds.length === 0) return undefined;
    const ofKinds = kinds.map((row, at) => says(row) - (kindAt(at) === NAMED_WITH_CARE ? CARE : 0));
    const likeliest = ofKinds.reduce((top, own, at) => (own > (ofKinds[top] ?? 0) ? at : top), 0);
    const level = says(other) > ANOTHER_FROM ? 'third_party' : says(hinted) > 0 ? 'implicit' : 'explicit';
    return { kind: kindAt(likeliest), level };
  }
}

/** Weighs the signs and words of a message by what was learned from told/ and calm/. */
export class DangerHints {
  readonly #adder: Adder;

  constructor(state: DangerHintsState) {
    this.#adder = new Adder(state);
  }

  read(message: Normalised, signs: readonly SignHit[]): Hint {
    const { words } = message;
    const weigh = (from: number, to: number): void => {
      this.#adder.begin();
      readDangerFeatures(message, signs, from, to, this.#adder);
    };
    let sum = Number.NEGATIVE_INFINITY;
    let part = { from: 0, to: 0 };
    for (let from = 0; from === 0 || from + PART_WORDS / 2 < words.length; from += PART_WORDS / 2) {
      const to = words.length <= PART_WORDS * 1.25 ? words.length : Math.min(words.length, from + PART_WORDS);
      weigh(from, to);
      const own = this.#adder.sum();
      if (own > sum) {
        sum = own;
        part = { from, to };
      }
      if (to === words.length) break;
    }
    const told = (): Told | undefined => {
      weigh(part.from, part.to);
      return this.#adder.told();
    };
    return { sum, told };
  }
}
