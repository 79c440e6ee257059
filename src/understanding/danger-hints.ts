import { readDangerFeatures, type SignHit } from './danger-features.js';
import { type DangerFit, kindAt } from './danger-fit.js';
import type { Normalised } from './normalise.js';
import { DANGER_KINDS, type DangerKind } from './understanding.js';

export interface Hint {
  /** Logarithm of the odds that it tells of danger, of the likeliest part of the message. */
  readonly sum: number;
  /** The likeliest kind, worked out when asked for. */
  kind(): DangerKind;
}

/** A long story is looked at in parts of so many words, each beginning half a part after the one before. */
const PART_WORDS = 32;

/** Weighs the signs and words of a message by what was learned from told/ and calm.yaml. */
export class DangerHints {
  readonly #fit: DangerFit;
  readonly #count: number;
  readonly #signs: Float64Array;
  readonly #pairs: Float64Array;
  readonly #signKinds: readonly (readonly number[] | undefined)[];

  /** @param signs names of the signs by their number */
  constructor(fit: DangerFit, signs: readonly string[]) {
    this.#fit = fit;
    this.#count = signs.length;
    this.#signs = Float64Array.from(signs, (name) => fit.weights.get(`<${name}>`) ?? 0);
    this.#signKinds = signs.map((name) => fit.kinds.get(`<${name}>`));
    this.#pairs = new Float64Array(signs.length * signs.length);
    const numbers = new Map(signs.map((name, number) => [`<${name}>`, number]));
    for (const [name, weight] of fit.weights) {
      const [one, other] = name.split(' ');
      const first = numbers.get(one ?? '');
      const second = numbers.get(other ?? '');
      if (first !== undefined && second !== undefined) this.#pairs[first * this.#count + second] = weight;
    }
  }

  read(message: Normalised, signs: readonly SignHit[]): Hint {
    const { words } = message;
    let sum = Number.NEGATIVE_INFINITY;
    let part = { from: 0, to: 0 };
    for (let from = 0; from === 0 || from + PART_WORDS / 2 < words.length; from += PART_WORDS / 2) {
      const to = words.length <= PART_WORDS * 1.25 ? words.length : Math.min(words.length, from + PART_WORDS);
      const here = this.#sum(message, signs, from, to);
      if (here > sum) {
        sum = here;
        part = { from, to };
      }
      if (to === words.length) break;
    }
    return { sum, kind: () => this.#kind(message, signs, part.from, part.to) };
  }

  #sum(message: Normalised, signs: readonly SignHit[], from: number, to: number): number {
    const { weights, bias } = this.#fit;
    let sum = bias;
    readDangerFeatures(message, signs, from, to, {
      word: (text) => {
        sum += weights.get(text) ?? 0;
      },
      sign: (sign) => {
        sum += this.#signs[sign] ?? 0;
      },
      pair: (first, second) => {
        sum += this.#pairs[first * this.#count + second] ?? 0;
      },
    });
    return sum;
  }

  #kind(message: Normalised, signs: readonly SignHit[], from: number, to: number): DangerKind {
    const { kinds, kindBias } = this.#fit;
    const sums = Float64Array.from(DANGER_KINDS, (_, at) => kindBias[at] ?? 0);
    const add = (more: readonly number[] | undefined): void => {
      more?.forEach((weight, at) => {
        sums[at] = (sums[at] ?? 0) + weight;
      });
    };
    readDangerFeatures(message, signs, from, to, {
      word: (text) => add(kinds.get(text)),
      sign: (sign) => add(this.#signKinds[sign]),
      pair: () => undefined,
    });
    return kindAt(sums.reduce((top, sum, at) => (sum > (sums[top] ?? 0) ? at : top), 0));
  }
}
