import { type Chance, chanceInTurn } from './chance.js';
import type { WeighedTexts } from './rarity.js';

/** What is asked of each text: of some groups of classes, which one it belongs to. */
export interface HiddenTargets {
  /** How many classes each group has. */
  readonly groups: readonly number[];
  /** Row after row, one number for each group: the class, counted inside its group; `NOT_ASKED` where the text tells nothing of it. */
  readonly classes: Int16Array;
  /** As `classes`: how much the text counts. */
  readonly counts: Float32Array;
}

/**
 * A network with one hidden layer. Each unit adds up what the features of a text weigh for it, and each class what the
 * units say: so words can mean together what none of them means alone, and rare words learn from their company.
 */
export interface HiddenLayer {
  /** How many units. */
  readonly units: number;
  /** Feature after feature: what it weighs for each unit. */
  readonly rows: Float32Array;
  readonly bias: Float32Array;
  /** Class after class, group after group: what each unit says for it. */
  readonly classes: Float32Array;
  readonly classBias: Float32Array;
}

export interface HiddenOptions {
  readonly units: number;
  /** How many times all texts are gone through. */
  readonly rounds: number;
  /** This share of the units is left out each time, so that none leans on another: many small layers in one. */
  readonly unitsLeftOut: number;
}

export const NOT_ASKED = -1;
const SEED = 42;
/** Size of the first step; it falls to nothing towards the last, so that what comes last does not count more. */
const RATE = 0.1;
/** This share of the features of a text is left out each time, so that no unit leans on one word. */
const LEFT_OUT = 0.3;
/** What a unit below nothing still lets through. */
const LEAK = 0.1;
/** Keeps the first steps from being boundless. */
const BEGUN = 1e-4;
/** A class that is missed by less pulls no more. */
const CLOSE = 1e-4;

/**
 * Fits the layer by stochastic gradients: cross entropy of each group, steps the smaller the more a row was moved before
 * (AdaGrad, by rows), features left out by chance ("Dropout", Srivastava and others, 2014). Deterministic, as `chance` is.
 * @param count how many features there are
 */
export function fitHidden(
  { starts, features, values }: WeighedTexts,
  { groups, classes, counts }: HiddenTargets,
  count: number,
  { units, rounds, unitsLeftOut }: HiddenOptions,
  chance: Chance = chanceInTurn(SEED),
): HiddenLayer {
  const classCount = groups.reduce((sum, size) => sum + size, 0);
  const rows = new Rows(count, units, 1, chance.ofFeature);
  const heads = new Rows(classCount, units, 2 / Math.sqrt(units), chance.ofClass);
  const bias = new Rows(1, units, 0, chance.ofClass);
  const classBias = new Rows(classCount, 1, 0, chance.ofClass);
  const said = new Float32Array(units);
  const lets = new Float32Array(units).fill(1);
  const pulls = new Float32Array(units);
  const misses = new Float32Array(classCount);
  const one = Float32Array.of(1);
  const order = Int32Array.from({ length: starts.length - 1 }, (_, at) => at);
  const kept = new Int32Array(longest(starts));

  /** Fills `misses`: how much each class should be said more for the text. */
  const compare = (text: number): void => {
    misses.fill(0);
    let from = 0;
    groups.forEach((length, group) => {
      const right = classes[text * groups.length + group] ?? NOT_ASKED;
      const to = from + length;
      if (right !== NOT_ASKED) {
        for (let at = from; at < to; at += 1) misses[at] = (classBias.weights[at] ?? 0) + heads.dot(at, said);
        towards(misses.subarray(from, to), right, counts[text * groups.length + group] ?? 0);
      }
      from = to;
    });
  };

  for (let round = 0; round < rounds; round += 1) {
    chance.order(order, round);
    for (const [place, text] of order.entries()) {
      const random = chance.ofText(text, round);
      const rate = RATE * (1 - (round + place / order.length) / rounds);
      let length = 0;
      for (let each = starts[text] ?? 0; each < (starts[text + 1] ?? 0); each += 1)
        if (random() >= LEFT_OUT) {
          kept[length] = each;
          length += 1;
        }
      const worthOf = (each: number): number => (values[each] ?? 0) / (1 - LEFT_OUT);
      said.set(bias.weights);
      for (let at = 0; at < length; at += 1) {
        const each = kept[at] ?? 0;
        rows.addTo(said, features[each] ?? 0, worthOf(each));
      }
      for (let unit = 0; unit < units; unit += 1) {
        if (unitsLeftOut > 0) lets[unit] = random() < unitsLeftOut ? 0 : 1 / (1 - unitsLeftOut);
        said[unit] = passed(said[unit] ?? 0) * (lets[unit] ?? 0);
      }
      compare(text);
      pulls.fill(0);
      const saidSquare = meanSquare(said);
      for (let at = 0; at < classCount; at += 1) {
        const miss = misses[at] ?? 0;
        if (Math.abs(miss) < CLOSE) continue;
        heads.addTo(pulls, at, miss);
        heads.move(at, said, saidSquare, miss, rate);
        classBias.move(at, one, 1, miss, rate);
      }
      for (let unit = 0; unit < units; unit += 1)
        pulls[unit] = (pulls[unit] ?? 0) * (lets[unit] ?? 0) * ((said[unit] ?? 0) < 0 ? LEAK : 1);
      const pullSquare = meanSquare(pulls);
      bias.move(0, pulls, pullSquare, 1, rate);
      for (let at = 0; at < length; at += 1) {
        const each = kept[at] ?? 0;
        rows.move(features[each] ?? 0, pulls, pullSquare, worthOf(each), rate);
      }
    }
  }
  return {
    units,
    rows: rows.weights,
    bias: bias.weights,
    classes: heads.weights,
    classBias: classBias.weights,
  };
}

/** What a unit lets through of its sum. */
export const passed = (sum: number): number => (sum < 0 ? sum * LEAK : sum);

/** How much the units say together. `sums`: what each heard, in steps of its own size; `says`: the weight of each. */
export function unitsSay(
  sums: Int32Array,
  { steps, unitBias }: { readonly steps: readonly number[]; readonly unitBias: readonly number[] },
  says: readonly number[],
): number {
  let sum = 0;
  for (let unit = 0; unit < steps.length; unit += 1)
    sum += passed((sums[unit] ?? 0) * (steps[unit] ?? 0) + (unitBias[unit] ?? 0)) * (says[unit] ?? 0);
  return sum;
}

/** Rows of weights, each with the sum of the squares of its steps so far. */
class Rows {
  readonly weights: Float32Array;
  readonly #width: number;
  readonly #squares: Float32Array;

  constructor(count: number, width: number, spread: number, chanceOf: (row: number) => () => number) {
    this.weights = new Float32Array(count * width);
    for (let row = 0; row < count; row += 1) {
      const random = chanceOf(row);
      for (let at = row * width; at < (row + 1) * width; at += 1)
        this.weights[at] = (random() - 0.5) * spread;
    }
    this.#width = width;
    this.#squares = new Float32Array(count).fill(BEGUN);
  }

  addTo(sums: Float32Array, row: number, times: number): void {
    const { weights } = this;
    const from = row * this.#width;
    for (let at = 0; at < sums.length; at += 1)
      sums[at] = (sums[at] ?? 0) + (weights[from + at] ?? 0) * times;
  }

  dot(row: number, other: Float32Array): number {
    const { weights } = this;
    const from = row * this.#width;
    let sum = 0;
    for (let at = 0; at < other.length; at += 1) sum += (weights[from + at] ?? 0) * (other[at] ?? 0);
    return sum;
  }

  /** One step of the row along `pull`, whose mean square is given, taken so many times. */
  move(row: number, pull: Float32Array, square: number, times: number, rate: number): void {
    const { weights } = this;
    const from = row * this.#width;
    const sum = (this.#squares[row] ?? 0) + square * times * times;
    this.#squares[row] = sum;
    const step = (rate * times) / Math.sqrt(sum);
    for (let at = 0; at < pull.length; at += 1)
      weights[from + at] = (weights[from + at] ?? 0) + step * (pull[at] ?? 0);
  }
}

/** Turns what was said for each class into how far it is from the right one, as heavy as the text counts. */
function towards(said: Float32Array, right: number, count: number): void {
  const most = said.reduce((top, each) => Math.max(top, each), Number.NEGATIVE_INFINITY);
  let all = 0;
  for (let at = 0; at < said.length; at += 1) {
    said[at] = Math.exp((said[at] ?? 0) - most);
    all += said[at] ?? 0;
  }
  for (let at = 0; at < said.length; at += 1)
    said[at] = ((at === right ? 1 : 0) - (said[at] ?? 0) / all) * count;
}

function meanSquare(values: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += (values[at] ?? 0) ** 2;
  return sum / values.length;
}

function longest(starts: Int32Array): number {
  let most = 0;
  for (let text = 0; text + 1 < starts.length; text += 1)
    most = Math.max(most, (starts[text + 1] ?? 0) - (starts[text] ?? 0));
  return most;
}
