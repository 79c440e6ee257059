import type { Features } from './features.js';
import { FEATURE, type FeatureSpaceState } from './features.js';

/** No Vietnamese syllable, mistyped by one letter, is longer. */
const LONGEST_SYLLABLE = 8;
/** Shorter words are too like each other. */
const SHORTEST_SLIP = 4;

/** Known words of four letters and more, by themselves and by each form of them with one letter left out. */
export type Slips = ReadonlyMap<string, number>;

/** @param isKnown whether a feature stands in any text of ours @param names of the lexicon, by number */
export function slipsOf(
  space: FeatureSpaceState,
  names: readonly string[],
  isKnown: (feature: number) => boolean,
): Slips {
  const slips = new Map<string, number>();
  space.plain.forEach((feature, number) => {
    const word = names[number] ?? '';
    if (feature < 0 || word.length < SHORTEST_SLIP || !isKnown(feature)) return;
    slips.set(word, feature);
    for (let at = 0; at < word.length; at += 1) {
      const shorter = word.slice(0, at) + word.slice(at + 1);
      if (!slips.has(shorter)) slips.set(shorter, feature);
    }
  });
  return slips;
}

/** The features, with words that nobody knows read as the known word one slip of the finger away, where there is one. */
export function mendSlips(
  { numbers, words }: Features,
  slips: Slips,
  kinds: readonly number[],
  isKnown: (feature: number) => boolean,
): readonly number[] {
  let mended: number[] | undefined;
  let word = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    const feature = numbers[at] ?? -1;
    const kind = feature < 0 ? -1 - feature : kinds[feature];
    if (kind !== FEATURE.plain) continue;
    const typed = words[word++];
    if (typed === undefined || (feature >= 0 && isKnown(feature))) continue;
    const meant = oneSlipAway(typed, slips);
    if (meant < 0 || numbers.includes(meant)) continue;
    mended ??= [...numbers];
    mended[at] = meant;
  }
  return mended ?? numbers;
}

/** The feature of a known word that a word is one slip of the finger away from, or −1. */
function oneSlipAway(word: string, slips: Slips): number {
  if (word.length < SHORTEST_SLIP || word.length > LONGEST_SYLLABLE) return -1;
  for (let at = 0; at < word.length; at += 1) {
    const meant = slips.get(word.slice(0, at) + word.slice(at + 1));
    if (meant !== undefined) return meant;
  }
  return slips.get(word) ?? -1;
}
