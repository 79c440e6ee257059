import type { Features } from './features.js';

/** Texts with more features than this are no small talk. */
const MOST_FEATURES = 60;

interface Phrase {
  readonly owner: number;
  readonly length: number;
}

/** Finds the short phrase that a text is nearly word for word (cosine over rare and common words), for small talk. */
export class PhraseLikeness {
  readonly #phrases: Phrase[] = [];
  readonly #rarity = new Map<string, number>();
  readonly #rows = new Map<string, [number, number][]>();
  readonly #unknown: number;

  /** @param owners the phrases of each thing that can be meant */
  constructor(owners: readonly (readonly Features[])[]) {
    const phrases = owners.flatMap((list, owner) => list.map((features) => ({ owner, features })));
    const seen = new Map<string, number>();
    for (const { features } of phrases)
      for (const name of features.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
    for (const [name, count] of seen) this.#rarity.set(name, Math.log(1 + phrases.length / (1 + count)));
    this.#unknown = Math.log(1 + phrases.length / 2);
    phrases.forEach(({ owner, features }, phrase) => {
      let square = 0;
      for (const [name, weight] of features) {
        const share = weight * (this.#rarity.get(name) ?? 0);
        square += share * share;
        const row = this.#rows.get(name) ?? [];
        row.push([phrase, share]);
        this.#rows.set(name, row);
      }
      this.#phrases.push({ owner, length: Math.sqrt(square) || 1 });
    });
  }

  /** The likest owner and how like it is, 0 to 1. */
  nearest(features: Features): { readonly at: number; readonly likeness: number } {
    if (features.size > MOST_FEATURES) return { at: -1, likeness: 0 };
    const dots = new Map<number, number>();
    let square = 0;
    for (const [name, weight] of features) {
      const unknown = name.startsWith('p:') ? this.#unknown : this.#unknown * 0.35;
      const share = weight * (this.#rarity.get(name) ?? unknown);
      square += share * share;
      for (const [phrase, other] of this.#rows.get(name) ?? [])
        dots.set(phrase, (dots.get(phrase) ?? 0) + share * other);
    }
    const length = Math.sqrt(square) || 1;
    let best = { at: -1, likeness: 0 };
    for (const [number, dot] of dots) {
      const phrase = this.#phrases[number];
      if (!phrase) continue;
      const likeness = dot / (length * phrase.length);
      if (likeness > best.likeness) best = { at: phrase.owner, likeness };
    }
    return best;
  }
}
