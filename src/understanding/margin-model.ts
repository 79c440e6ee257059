import type { WeighedTexts } from './rarity.js';
import { seeded } from './seeded.js';

/** What is to be told of each text, for every model: row after row, one number for each model. */
export interface MarginTargets {
  /** How many models are fitted at once. */
  readonly models: number;
  /** 1 where the text is of the model's class. */
  readonly isOfClass: Uint8Array;
  /** How much the text counts. */
  readonly counts: Float32Array;
}

const ROUNDS = 6;
/** So near to where it belongs an example pulls no more. */
const CLOSE = 0.03;
/** An example this far on the right side of every model is not looked at any more, as it hardly ever comes back. */
const SETTLED = 0.3;

/**
 * Fits linear models that each put the examples of their class above +1 and all others below −1 (support vectors, squared
 * hinge; dual coordinate descent after Hsieh and others, "A Dual Coordinate Descent Method for Large-scale Linear SVM",
 * 2008). All models are fitted in one walk over the examples, their weights of a feature side by side. Deterministic:
 * examples are shuffled by a fixed seed.
 * @returns feature after feature the weight of each model; last the biases
 * @param count how many features there are @param cost how far a miss may pull: the larger, the closer the examples are followed
 */
export function fitMargins(
  { starts, features, values }: WeighedTexts,
  { models, isOfClass, counts }: MarginTargets,
  count: number,
  cost: number,
): Float32Array {
  const weights = new Float32Array((count + 1) * models);
  const biases = count * models;
  const size = starts.length - 1;
  const pull = new Float32Array(size * models);
  const order = Int32Array.from({ length: size }, (_, at) => at);
  const sums = new Float64Array(models);
  const random = seeded(42);
  let active = size;
  for (let round = 0; round < ROUNDS; round += 1) {
    let kept = 0;
    for (let place = 0; place < active; place += 1) {
      const other = place + Math.floor(random() * (active - place));
      const at = order[other] ?? 0;
      order[other] = order[place] ?? 0;
      order[place] = at;
      const from = starts[at] ?? 0;
      const to = starts[at + 1] ?? 0;
      for (let model = 0; model < models; model += 1) sums[model] = weights[biases + model] ?? 0;
      let square = 1;
      for (let each = from; each < to; each += 1) {
        const value = values[each] ?? 0;
        const row = (features[each] ?? 0) * models;
        square += value * value;
        for (let model = 0; model < models; model += 1)
          sums[model] = (sums[model] ?? 0) + (weights[row + model] ?? 0) * value;
      }
      let isSettled = round > 0;
      for (let model = 0; model < models; model += 1) {
        const cell = at * models + model;
        const side = isOfClass[cell] === 1 ? 1 : -1;
        const slack = 1 / (2 * cost * (counts[cell] ?? 1));
        const before = pull[cell] ?? 0;
        const gradient = side * (sums[model] ?? 0) - 1 + slack * before;
        if (before === 0 && gradient > SETTLED) continue;
        isSettled = false;
        if (Math.abs(gradient) < CLOSE || (before === 0 && gradient >= 0)) continue;
        const after = Math.max(0, before - gradient / (square + slack));
        pull[cell] = after;
        const step = (after - before) * side;
        for (let each = from; each < to; each += 1) {
          const weight = (features[each] ?? 0) * models + model;
          weights[weight] = (weights[weight] ?? 0) + step * (values[each] ?? 0);
        }
        weights[biases + model] = (weights[biases + model] ?? 0) + step;
      }
      if (isSettled) continue;
      order[place] = order[kept] ?? 0;
      order[kept] = at;
      kept += 1;
    }
    active = kept;
  }
  return weights;
}
