import { FEATURE, type FeatureSpaceState, type Features } from './features.js';

/** Texts with more features than this are no small talk. */
const MOST_FEATURES = 60;

interface Phrase {
  readonly owner: number;
  readonly length: number;
}

/** The phrases as they are kept in a file. */
export interface PhraseLikenessState {
  readonly phrases: readonly Phrase[];
  readonly rarity: ReadonlyMap<number, number>;
  /** By feature: phrases that have it, and how much. */
  readonly rows: ReadonlyMap<number, readonly (readonly [number, number])[]>;
  readonly unknown: number;
}

/** @param owners the phrases of each thing that can be meant */
export function buildPhrases(owners: readonly (readonly Features[])[]): PhraseLikenessState {
  const all = owners.flatMap((list, owner) => list.map((features) => ({ owner, features })));
  const seen = new Map<number, number>();
  for (const { features } of all)
    for (const feature of features.numbers) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const rarity = new Map<number, number>();
  for (const [feature, count] of seen) rarity.set(feature, Math.log(1 + all.length / (1 + count)));
  const rows = new Map<number, [number, number][]>();
  const phrases = all.map(({ owner, features: { numbers, weights } }, phrase) => {
    let square = 0;
    numbers.forEach((feature, at) => {
      const share = (weights[at] ?? 0) * (rarity.get(feature) ?? 0);
      square += share * share;
      const row = rows.get(feature) ?? [];
      row.push([phrase, share]);
      rows.set(feature, row);
    });
    return { owner, length: Math.sqrt(square) || 1 };
  });
  return { phrases, rarity, rows, unknown: Math.log(1 + all.length / 2) };
}

/** Finds the short phrase that a text is nearly word for word (cosine over rare and common words), for small talk. */
export class PhraseLikeness {
  readonly #state: PhraseLikenessState;
  readonly #kinds: readonly number[];

  constructor(state: PhraseLikenessState, space: FeatureSpaceState) {
    this.#state = state;
    this.#kinds = space.kinds;
  }

  /** The likest owner and how like it is, 0 to 1. */
  nearest({ numbers, weights }: Features): { readonly at: number; readonly likeness: number } {
    if (numbers.length > MOST_FEATURES) return { at: -1, likeness: 0 };
    const { phrases, rarity, rows, unknown } = this.#state;
    const dots = new Map<number, number>();
    let square = 0;
    for (let at = 0; at < numbers.length; at += 1) {
      const feature = numbers[at] ?? -1;
      const kind = feature < 0 ? -1 - feature : this.#kinds[feature];
      const share =
        (weights[at] ?? 0) * (rarity.get(feature) ?? (kind === FEATURE.plain ? unknown : unknown * 0.35));
      square += share * share;
      const row = rows.get(feature);
      if (row) for (const [phrase, other] of row) dots.set(phrase, (dots.get(phrase) ?? 0) + share * other);
    }
    const length = Math.sqrt(square) || 1;
    let best = { at: -1, likeness: 0 };
    for (const [number, dot] of dots) {
      const phrase = phrases[number];
      if (!phrase) continue;
      const likeness = dot / (length * phrase.length);
      if (likeness > best.likeness) best = { at: phrase.owner, likeness };
    }
    return best;
  }
}
