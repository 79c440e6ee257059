/** Texts as a model sees them, one after the other: the numbers of their features and how much each counts. */
export interface WeighedTexts {
  /** Where the features of each text begin; one more at the end. */
  readonly starts: Int32Array;
  readonly features: Int32Array;
  readonly values: Float32Array;
}

/** Numbers of the features that each text has. */
type Texts = readonly ArrayLike<number>[];

/**
 * By feature how rare it is among the texts, 0 for those that none has (inverse document frequency).
 * @param count how many features there are @param share by what each is multiplied; by nothing when absent
 */
export function raritiesOf(texts: Texts, count: number, share?: (feature: number) => number): Float32Array {
  const seen = new Int32Array(count);
  for (const features of texts)
    for (let each = 0; each < features.length; each += 1) {
      const feature = features[each] ?? 0;
      seen[feature] = (seen[feature] ?? 0) + 1;
    }
  return Float32Array.from(seen, (times, feature) =>
    times === 0 ? 0 : (Math.log((1 + texts.length) / (1 + times)) + 1) * (share?.(feature) ?? 1),
  );
}

/** The texts as models are fitted to them, each feature by its rarity: a text as long as it is, or each brought to length 1. */
export function byRarity(texts: Texts, rarity: Float32Array, length: 'own' | 'one'): WeighedTexts {
  const starts = new Int32Array(texts.length + 1);
  texts.forEach((features, at) => {
    starts[at + 1] = (starts[at] ?? 0) + features.length;
  });
  const features = new Int32Array(starts[texts.length] ?? 0);
  const values = new Float32Array(features.length);
  texts.forEach((text, at) => {
    const from = starts[at] ?? 0;
    features.set(text, from);
    const divisor = length === 'one' ? lengthOf(text, rarity) : 1;
    for (let each = 0; each < text.length; each += 1)
      values[from + each] = (rarity[text[each] ?? 0] ?? 0) / divisor;
  });
  return { starts, features, values };
}

function lengthOf(text: ArrayLike<number>, rarity: Float32Array): number {
  let square = 0;
  for (let each = 0; each < text.length; each += 1) square += (rarity[text[each] ?? 0] ?? 0) ** 2;
  return Math.sqrt(square) || 1;
}
