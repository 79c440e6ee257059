/** One example: numbers of the features that it has, whether it is of the class, and how much it counts. */
export interface Example {
  readonly features: Int32Array;
  readonly positive: boolean;
  readonly weight: number;
}

export interface FitOptions {
  readonly rounds: number;
  /** Step size of the first round. */
  readonly rate: number;
  /** Pull of every weight towards nothing, for each example that has the feature. */
  readonly ridge: number;
}

/** Names of features and their numbers, given as they come. */
export class FeatureNumbers {
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const fresh = this.#numbers.size;
    this.#numbers.set(name, fresh);
    return fresh;
  }

  entries(): IterableIterator<[string, number]> {
    return this.#numbers.entries();
  }

  all(names: Iterable<string>): Int32Array {
    return Int32Array.from(names, (name) => this.of(name));
  }
}

/**
 * Logistic regression on features that are there or not, by AdaGrad. The last weight is the bias. Deterministic: the
 * examples are shuffled by a fixed seed, so that the same content gives the same weights on every machine.
 */
export function fitLinear(examples: readonly Example[], features: number, options: FitOptions): Float32Array {
  const weights = new Float32Array(features + 1);
  const seen = new Float32Array(features + 1).fill(1e-6);
  const order = Int32Array.from(examples.keys());
  const random = seeded(42);
  for (let round = 0; round < options.rounds; round += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      const kept = order[at] ?? 0;
      order[at] = order[other] ?? 0;
      order[other] = kept;
    }
    for (const number of order) {
      const example = examples[number];
      if (!example) continue;
      const miss = example.weight * ((example.positive ? 1 : 0) - sigmoid(score(weights, example.features)));
      const move = (feature: number, ridge: number): void => {
        const gradient = miss - ridge * (weights[feature] ?? 0);
        const sum = (seen[feature] ?? 0) + gradient * gradient;
        seen[feature] = sum;
        weights[feature] = (weights[feature] ?? 0) + (options.rate * gradient) / Math.sqrt(sum);
      };
      for (const feature of example.features) move(feature, options.ridge);
      move(features, 0);
    }
  }
  return weights;
}

/** Sum of the weights of the features, and the bias; above 0 it is more likely than not of the class. */
export function score(weights: Float32Array, features: ArrayLike<number>): number {
  let sum = weights[weights.length - 1] ?? 0;
  for (let at = 0; at < features.length; at += 1) sum += weights[features[at] ?? 0] ?? 0;
  return sum;
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** A small seeded generator of numbers from 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
