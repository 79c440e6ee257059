import { seeded } from './linear-model.js';

/** Texts as a model sees them, one after the other: the numbers of their features and how much each counts. */
export interface MarginExamples {
  /** Where the features of each text begin; one more at the end. */
  readonly starts: Int32Array;
  readonly features: Int32Array;
  readonly values: Float32Array;
}

const ROUNDS = 10;
/** An example this far on the right side is not looked at any more, as it hardly ever comes back. */
const SETTLED = 0.3;

/**
 * Fits one linear model that puts the examples of its class above +1 and all others below −1 (support vectors, squared
 * hinge; dual coordinate descent after Hsieh and others, "A Dual Coordinate Descent Method for Large-scale Linear SVM",
 * 2008). The last weight is the bias. Deterministic: examples are shuffled by a fixed seed.
 * @param isOfClass by example 1 or 0 @param counts how much each example counts @param count how many features there are
 * @param cost how far a miss may pull: the larger, the closer the examples are followed
 */
export function fitMargin(
  { starts, features, values }: MarginExamples,
  isOfClass: Uint8Array,
  counts: Float32Array,
  count: number,
  cost: number,
): Float64Array {
  const weights = new Float64Array(count + 1);
  const size = isOfClass.length;
  const pull = new Float64Array(size);
  const order = Int32Array.from({ length: size }, (_, at) => at);
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
      const side = isOfClass[at] === 1 ? 1 : -1;
      const slack = 1 / (2 * cost * (counts[at] ?? 1));
      let sum = weights[count] ?? 0;
      for (let each = from; each < to; each += 1)
        sum += (weights[features[each] ?? 0] ?? 0) * (values[each] ?? 0);
      const before = pull[at] ?? 0;
      const gradient = side * sum - 1 + slack * before;
      if (before === 0 && gradient > SETTLED && round > 0) continue;
      order[place] = order[kept] ?? 0;
      order[kept] = at;
      kept += 1;
      if (before === 0 && gradient >= 0) continue;
      const after = Math.max(0, before - gradient / (squareOf(values, from, to) + 1 + slack));
      pull[at] = after;
      const step = (after - before) * side;
      for (let each = from; each < to; each += 1) {
        const feature = features[each] ?? 0;
        weights[feature] = (weights[feature] ?? 0) + step * (values[each] ?? 0);
      }
      weights[count] = (weights[count] ?? 0) + step;
    }
    active = kept;
  }
  return weights;
}

/** Square of a text's length; the bias, a feature that each text has, is not in it. */
function squareOf(values: Float32Array, from: number, to: number): number {
  let square = 0;
  for (let each = from; each < to; each += 1) square += (values[each] ?? 0) ** 2;
  return square;
}
