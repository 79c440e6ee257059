import { type Example, fitLinear } from './linear-model.js';

const OPTIONS = { rounds: 3, rate: 0.3, ridge: 0.01 };
/** Of the forms of other topics one in so many is looked at, each topic at others, and counts as many times. */
const EVERY = 4;
/** A form of the topic itself counts so much. */
const OWN_WEIGHT = 4;
const FLOOR = -6;

/** The fitted models as they are kept in a file. */
export interface TopicModelState {
  readonly topics: readonly string[];
  /** Row after row: the weights of one feature for every topic; the biases come last. */
  readonly weights: Float32Array;
  readonly features: number;
}

/**
 * What each word says for each topic: one small linear model a topic, fitted to the question forms.
 * @param count how many features there are
 */
export function fitTopics(
  forms: readonly { readonly topic: string; readonly features: Int32Array }[],
  count: number,
): TopicModelState {
  const ours = forms.filter(({ topic }) => topic !== '');
  const topics = [...new Set(ours.map(({ topic }) => topic))];
  const size = topics.length;
  const weights = new Float32Array((count + 1) * size);
  topics.forEach((topic, at) => {
    const examples: Example[] = [];
    ours.forEach((form, number) => {
      const positive = form.topic === topic;
      if (positive || (number * 7 + at) % EVERY === 0)
        examples.push({ features: form.features, positive, weight: positive ? OWN_WEIGHT : EVERY });
    });
    const own = fitLinear(examples, count, OPTIONS);
    for (let feature = 0; feature < own.length; feature += 1)
      weights[feature * size + at] = own[feature] ?? 0;
  });
  return { topics, weights, features: count };
}

export class TopicModel {
  readonly #state: TopicModelState;
  readonly #sums: Float64Array;

  constructor(state: TopicModelState) {
    this.#state = state;
    this.#sums = new Float64Array(state.topics.length);
  }

  /** For each topic how much the words speak for it, from 0 on; holds until the next look. */
  of(features: readonly number[]): Float64Array {
    const { weights, features: count } = this.#state;
    const sums = this.#sums;
    const size = sums.length;
    for (let at = 0; at < size; at += 1) sums[at] = weights[count * size + at] ?? 0;
    for (let each = 0; each < features.length; each += 1) {
      const from = (features[each] ?? 0) * size;
      for (let at = 0; at < size; at += 1) sums[at] = (sums[at] ?? 0) + (weights[from + at] ?? 0);
    }
    for (let at = 0; at < size; at += 1) sums[at] = Math.max(FLOOR, sums[at] ?? 0) - FLOOR;
    return sums;
  }
}
