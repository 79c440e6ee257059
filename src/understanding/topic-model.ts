import type { Features } from './features.js';
import { type Example, FeatureNumbers, fitLinear } from './linear-model.js';
import type { Searchable } from './search-index.js';

const OPTIONS = { rounds: 3, rate: 0.3, ridge: 0.01 };
/** Of the forms of other topics one in so many is looked at, each topic at others, and counts as many times. */
const EVERY = 4;
/** A form of the topic itself counts so much. */
const OWN_WEIGHT = 4;
const FLOOR = -6;

/**
 * What each word says for each topic: one small linear model a topic, fitted to the question forms each time the search is
 * built (nothing is kept that an added answer could break).
 */
export class TopicModel {
  readonly topics: readonly string[];
  readonly #numbers = new FeatureNumbers();
  /** Row after row: the weights of one feature for every topic; the biases come last. */
  readonly #weights: Float32Array;

  constructor(entries: readonly Searchable[]) {
    this.topics = [...new Set(entries.map(({ topic }) => topic))].filter((topic) => topic !== '');
    const forms = entries
      .filter(({ topic }) => topic !== '')
      .flatMap(({ topic, questions }) =>
        questions.map((features) => ({ topic, features: this.#numbers.all(tellsTopic(features)) })),
      );
    this.#numbers.freeze();
    const count = this.topics.length;
    this.#weights = new Float32Array((this.#numbers.size + 1) * count);
    this.topics.forEach((topic, at) => {
      const examples: Example[] = [];
      forms.forEach((form, number) => {
        const positive = form.topic === topic;
        if (positive || (number * 7 + at) % EVERY === 0)
          examples.push({ features: form.features, positive, weight: positive ? OWN_WEIGHT : EVERY });
      });
      const weights = fitLinear(examples, this.#numbers.size, OPTIONS);
      for (let feature = 0; feature < weights.length; feature += 1)
        this.#weights[feature * count + at] = weights[feature] ?? 0;
    });
  }

  /** For each topic how much the words speak for it, from 0 on. */
  of(features: Features): Float64Array {
    const count = this.topics.length;
    const bias = this.#numbers.size * count;
    const sums = Float64Array.from({ length: count }, (_, at) => this.#weights[bias + at] ?? 0);
    for (const name of tellsTopic(features)) {
      const feature = this.#numbers.of(name);
      if (feature < 0) continue;
      const from = feature * count;
      for (let at = 0; at < count; at += 1) sums[at] = (sums[at] ?? 0) + (this.#weights[from + at] ?? 0);
    }
    for (let at = 0; at < count; at += 1) sums[at] = Math.max(FLOOR, sums[at] ?? 0) - FLOOR;
    return sums;
  }
}

/** Marked forms are left out: those who type without marks must not lose. */
function* tellsTopic(features: Features): Generator<string> {
  for (const name of features.keys()) if (!name.startsWith('m:')) yield name;
}
