import { seeded } from "./linear-model.js";

/** A text as a model sees it: numbers of its features and how much each counts. */
export interface Sparse {
  readonly features: Int32Array;
  readonly values: Float32Array;
}

export interface MarginExample extends Sparse {
  readonly weight: number;
}

/** How far a miss may pull: the larger, the closer the examples are followed. */
const COST = 0.4;
const ROUNDS = 12;
/** From this round on examples that are far on the right side are not looked at any more. */
const SETTLED_AFTER = 2;
const SETTLED = 0.3;

/**
 * Fits one linear model that puts the examples of its class above +1 and all others below −1 (support vectors, squared
 * hinge; dual coordinate descent after Hsieh and others, "A Dual Coordinate Descent Method for Large-scale Linear SVM",
 * 2008). The last weight is the bias. Deterministic: examples are shuffled by a fixed seed.
 * @param count how many features there are
 */
export function fitMargin(
  examples: readonly MarginExample[],
  isOfClass: (at: number) => boolean,
  count: number,
): Float32Array {
  const weights = new Float32Array(count + 1);
  const size = examples.length;
  const sign = Int8Array.from(examples, (_, at) => (isOfClass(at) ? 1 : -1));
  const pull = new Float64Array(size);
  const slack = Float64Array.from(examples, ({ weight }) => 1 / (2 * COST * weight));
  const square = Float64Array.from(examples, ({ values }, at) => {
    let sum = 1 + (slack[at] ?? 0);
    for (const value of values) sum += value * value;
    return sum;
  });
  let active = Int32Array.from(examples.keys());
  const random = seeded(42);
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(active, random);
    let kept = 0;
    for (const at of active) {
      const example = examples[at];
      if (!example) continue;
      const { features, values } = example;
      const side = sign[at] ?? 1;
      let sum = weights[count] ?? 0;
      for (let each = 0; each < features.length; each += 1)
        sum += (weights[features[each] ?? 0] ?? 0) * (values[each] ?? 0);
      const before = pull[at] ?? 0;
      const gradient = side * sum - 1 + (slack[at] ?? 0) * before;
      if (before === 0 && gradient > SETTLED && round >= SETTLED_AFTER) continue;
      active[kept] = at;
      kept += 1;
      if (before === 0 && gradient >= 0) continue;
      const after = Math.max(0, before - gradient / (square[at] ?? 1));
      pull[at] = after;
      const step = (after - before) * side;
      for (let each = 0; each < features.length; each += 1) {
        const feature = features[each] ?? 0;
        weights[feature] = (weights[feature] ?? 0) + step * (values[each] ?? 0);
      }
      weights[count] = (weights[count] ?? 0) + step;
    }
    active = active.slice(0, kept);
  }
  return weights;
}

function shuffle(numbers: Int32Array, random: () => number): void {
  for (let at = numbers.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = numbers[at] ?? 0;
    numbers[at] = numbers[other] ?? 0;
    numbers[other] = kept;
  }
}
