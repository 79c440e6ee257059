import { FEATURE, type FeatureSpaceState, type Features } from './features.js';
import { type Rows, rowsOf } from './rows.js';

/** Texts with more features than this are no small talk. */
const MOST_FEATURES = 60;

interface Phrase {
  readonly owner: number;
  readonly length: number;
}

/** The phrases as they are kept in a file. */
export interface PhraseLikenessState {
  readonly phrases: readonly Phrase[];
  /** By feature; 0 for those that stand in no phrase. */
  readonly rarity: Float32Array;
  /** By feature: phrases that have it, and how much. */
  readonly rows: Rows;
  readonly unknown: number;
}

/** @param owners the phrases of each thing that can be meant @param count how many features there are */
export function buildPhrases(owners: readonly (readonly Features[])[], count: number): PhraseLikenessState {
  const all = owners.flatMap((list, owner) => list.map((features) => ({ owner, features })));
  const seen = new Int32Array(count);
  for (const { features } of all)
    for (const feature of features.numbers) seen[feature] = (seen[feature] ?? 0) + 1;
  const rarity = Float32Array.from(seen, (times) =>
    times === 0 ? 0 : Math.log(1 + all.length / (1 + times)),
  );
  const cells: { feature: number; column: number; value: number }[] = [];
  const phrases = all.map(({ owner, features: { numbers, weights } }, phrase) => {
    let square = 0;
    numbers.forEach((feature, at) => {
      const share = (weights[at] ?? 0) * (rarity[feature] ?? 0);
      square += share * share;
      cells.push({ feature, column: phrase, value: share });
    });
    return { owner, length: Math.sqrt(square) || 1 };
  });
  return { phrases, rarity, rows: rowsOf(cells, count), unknown: Math.log(1 + all.length / 2) };
}

/** Finds the short phrase that a text is nearly word for word (cosine over rare and common words), for small talk. */
export class PhraseLikeness {
  readonly #state: PhraseLikenessState;
  readonly #kinds: readonly number[];
  // Work space of one look, used again: looks never overlap.
  readonly #dots: Float64Array;

  constructor(state: PhraseLikenessState, space: FeatureSpaceState) {
    this.#state = state;
    this.#kinds = space.kinds;
    this.#dots = new Float64Array(state.phrases.length);
  }

  /** The likest owner and how like it is, 0 to 1. */
  nearest({ numbers, weights }: Features): { readonly at: number; readonly likeness: number } {
    if (numbers.length > MOST_FEATURES) return { at: -1, likeness: 0 };
    const { phrases, rarity, rows, unknown } = this.#state;
    const { starts, columns, values } = rows;
    const dots = this.#dots.fill(0);
    let square = 0;
    for (let at = 0; at < numbers.length; at += 1) {
      const feature = numbers[at] ?? -1;
      const rare = feature < 0 ? 0 : (rarity[feature] ?? 0);
      const kind = feature < 0 ? -1 - feature : this.#kinds[feature];
      const share = (weights[at] ?? 0) * (rare || (kind === FEATURE.plain ? unknown : unknown * 0.35));
      square += share * share;
      if (rare === 0) continue;
      const end = starts[feature + 1] ?? 0;
      for (let cell = starts[feature] ?? 0; cell < end; cell += 1) {
        const phrase = columns[cell] ?? 0;
        dots[phrase] = (dots[phrase] ?? 0) + share * (values[cell] ?? 0);
      }
    }
    const length = Math.sqrt(square) || 1;
    let likest = -1;
    let likeness = 0;
    for (let phrase = 0; phrase < dots.length; phrase += 1) {
      const dot = dots[phrase] ?? 0;
      if (dot === 0) continue;
      const like = dot / (length * (phrases[phrase]?.length ?? 1));
      if (like <= likeness) continue;
      likest = phrase;
      likeness = like;
    }
    return { at: phrases[likest]?.owner ?? -1, likeness };
  }
}
