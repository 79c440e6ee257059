import { type Example, fitLinear, score } from './linear-model.js';

const OPTIONS = { rounds: 5, rate: 0.3, ridge: 0.01 };

/**
 * Whether a text is about children and their protection at all: a small linear model, fitted to the question forms of our
 * answers on one side and to those of foreign subjects (topic "") on the other.
 * @param count how many features there are
 */
export function fitDomain(
  forms: readonly { readonly topic: string; readonly features: Int32Array }[],
  count: number,
): Float32Array {
  const ours = forms.filter(({ topic }) => topic !== '').length;
  // Both sides weigh the same, however many forms each has.
  const balance = Math.min(3, ours / Math.max(1, forms.length - ours));
  const examples: Example[] = forms.map(({ topic, features }) => ({
    features,
    positive: topic !== '',
    weight: topic === '' ? balance : 1,
  }));
  return fitLinear(examples, count, OPTIONS);
}

/** −1 surely foreign, 1 surely ours. @param weights see `fitDomain` */
export function domainOf(weights: Float32Array, features: readonly number[]): number {
  return Math.tanh(score(weights, features) / 4);
}
