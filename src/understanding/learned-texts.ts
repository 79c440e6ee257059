import { FEATURE, type FeatureSpaceState } from './features.js';
import { raritiesOf } from './rarity.js';
import type { Lesson } from './search-lessons.js';

/**
 * Two words in a row that stand in fewer lessons tell little: without them half of all features are gone, and as much is
 * found. A question counts twice, with its marks and without.
 */
const LEAST_PAIRS = 3;

/** The lessons as the models see them. */
export interface LearnedTexts {
  /** By lesson the features that something is learned of. */
  readonly texts: readonly (readonly number[])[];
  /** By feature how rare it is; 0 for those that nothing is learned of. */
  readonly rarity: Float32Array;
}

export function learnedTexts(lessons: readonly Lesson[], { count, kinds }: FeatureSpaceState): LearnedTexts {
  const seen = new Int32Array(count);
  for (const { features } of lessons)
    for (const feature of features.numbers) seen[feature] = (seen[feature] ?? 0) + 1;
  const isLearned = (feature: number): boolean =>
    kinds[feature] !== FEATURE.pair || (seen[feature] ?? 0) >= LEAST_PAIRS;
  const texts = lessons.map(({ features }) => features.numbers.filter(isLearned));
  return { texts, rarity: raritiesOf(texts, count) };
}
