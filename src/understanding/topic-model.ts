import { type Example, fitLinear } from './linear-model.js';

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
  /** Row after row: the weights of one feature for every topic; the biases come last. */
  readonly #weights: Float32Array;
  readonly #bias: number;

  /** @param count how many features there are */
  constructor(forms: readonly { readonly topic: string; readonly features: Int32Array }[], count: number) {
    const ours = forms.filter(({ topic }) => topic !== '');
    this.topics = [...new Set(ours.map(({ topic }) => topic))];
    const size = this.topics.length;
    this.#bias = count * size;
    this.#weights = new Float32Array((count + 1) * size);
    this.topics.forEach((topic, at) => {
      const examples: Example[] = [];
      ours.forEach((form, number) => {
        const positive = form.topic === topic;
        if (positive || (number * 7 + at) % EVERY === 0)
          examples.push({ features: form.features, positive, weight: positive ? OWN_WEIGHT : EVERY });
      });
      const weights = fitLinear(examples, count, OPTIONS);
      for (let feature = 0; feature < weights.length; feature += 1)
        this.#weights[feature * size + at] = weights[feature] ?? 0;
    });
  }

  /** For each topic how much the words speak for it, from 0 on. */
  of(features: Int32Array): Float64Array {
    const weights = this.#weights;
    const size = this.topics.length;
    const sums = new Float64Array(size);
    for (let at = 0; at < size; at += 1) sums[at] = weights[this.#bias + at] ?? 0;
    for (let each = 0; each < features.length; each += 1) {
      const from = (features[each] ?? 0) * size;
      for (let at = 0; at < size; at += 1) sums[at] = (sums[at] ?? 0) + (weights[from + at] ?? 0);
    }
    for (let at = 0; at < size; at += 1) sums[at] = Math.max(FLOOR, sums[at] ?? 0) - FLOOR;
    return sums;
  }
}
