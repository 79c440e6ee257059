import type { Features } from './features.js';
import { type Example, FeatureNumbers, fitLinear } from './linear-model.js';
import type { Searchable } from './search-index.js';

const OPTIONS = { rounds: 5, rate: 0.3, ridge: 0.01 };

/**
 * Whether a text is about children and their protection at all: a small linear model, fitted to the question forms of our
 * answers on one side and to those of foreign subjects on the other, each time the search is built.
 */
export class Domain {
  readonly #weights = new Map<string, number>();
  readonly #bias: number;

  constructor(entries: readonly Searchable[]) {
    const numbers = new FeatureNumbers();
    const ours = entries.filter(({ topic }) => topic !== '').reduce((sum, { questions }) => sum + questions.length, 0);
    const all = entries.reduce((sum, { questions }) => sum + questions.length, 0);
    // Both sides weigh the same, however many forms each has.
    const balance = ours / Math.max(1, all - ours);
    const examples: Example[] = entries.flatMap(({ topic, questions }) =>
      questions.map((features) => ({
        features: numbers.all(tellsDomain(features)),
        positive: topic !== '',
        weight: topic === '' ? Math.min(3, balance) : 1,
      })),
    );
    numbers.freeze();
    const weights = fitLinear(examples, numbers.size, OPTIONS);
    this.#bias = weights[numbers.size] ?? 0;
    for (const [name, weight] of numbers.named(weights, 0.01)) this.#weights.set(name, weight);
  }

  /** −1 surely foreign, 1 surely ours. */
  of(features: Features): number {
    let sum = this.#bias;
    for (const name of tellsDomain(features)) sum += this.#weights.get(name) ?? 0;
    return Math.tanh(sum / 4);
  }
}

/** Marked forms are left out, so that those who type without marks are not taken for strangers. */
function* tellsDomain(features: Features): Generator<string> {
  for (const name of features.keys()) if (!name.startsWith('m:')) yield name;
}
