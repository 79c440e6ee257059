import type { Features } from './features.js';
import { SEARCH } from './search-settings.js';

export interface Searchable {
  readonly questions: readonly Features[];
  readonly title: Features;
  readonly body: Features;
}

/** How much the nearest question form and the whole entry count. */
interface Mix {
  readonly nearest: number;
  readonly whole: number;
}

interface Postings {
  readonly rarity: number;
  /** Pairs of question number and weight, for the nearest question form. */
  readonly questions: number[];
  /** Pairs of entry number and BM25 share, for the whole entry. */
  readonly entries: number[];
}

/**
 * Finds the entries nearest to a text: BM25 over fields of the whole entry, mixed with the likeness (cosine) to its
 * nearest question form. Everything is weighed when it is built; a look-up adds up a few short lists.
 */
export class SearchIndex {
  readonly #postings = new Map<string, Postings>();
  readonly #owner: number[] = [];
  readonly #lengths: number[] = [];
  readonly #entryCount: number;
  readonly #unknownRarity: number;

  constructor(entries: readonly Searchable[]) {
    this.#entryCount = entries.length;
    const questions = entries.flatMap((entry, owner) =>
      entry.questions.map((features) => ({ owner, features })),
    );
    const seen = new Map<string, number>();
    for (const { features } of questions)
      for (const name of features.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
    const rarity = (name: string): number => Math.log(1 + questions.length / (1 + (seen.get(name) ?? 0)));
    this.#unknownRarity = Math.log(1 + questions.length / 2) * SEARCH.unknownWord;
    const postings = (name: string): Postings => {
      let found = this.#postings.get(name);
      if (!found) {
        found = { rarity: rarity(name), questions: [], entries: [] };
        this.#postings.set(name, found);
      }
      return found;
    };
    questions.forEach(({ owner, features }, number) => {
      this.#owner.push(owner);
      let square = 0;
      for (const [name, weight] of features) {
        const share = weight * rarity(name);
        square += share * share;
        postings(name).questions.push(number, share);
      }
      this.#lengths.push(Math.sqrt(square) || 1);
    });
    this.#addEntries(entries, postings);
  }

  #addEntries(entries: readonly Searchable[], postings: (name: string) => Postings): void {
    const counts = entries.map((entry) => {
      const total = new Map<string, number>();
      const add = (features: Features, field: number): void => {
        for (const name of features.keys()) total.set(name, (total.get(name) ?? 0) + field);
      };
      for (const question of entry.questions) add(question, SEARCH.fields.question);
      add(entry.title, SEARCH.fields.title);
      add(entry.body, SEARCH.fields.body);
      return total;
    });
    const sizes = counts.map((total) => [...total.values()].reduce((sum, count) => sum + count, 0));
    const mean = sizes.reduce((sum, size) => sum + size, 0) / (sizes.length || 1) || 1;
    counts.forEach((total, entry) => {
      const size = (sizes[entry] ?? mean) / mean;
      for (const [name, count] of total) {
        const share =
          (count * (SEARCH.k1 + 1)) /
          (count + SEARCH.k1 * (1 - SEARCH.b + SEARCH.b * size)) /
          (SEARCH.k1 + 1);
        postings(name).entries.push(entry, share);
      }
    });
  }

  /** Likeness of each entry to the text, 0 to about 1. */
  match(features: Features, mix: Mix = SEARCH.mix): Float64Array {
    const whole = new Float64Array(this.#entryCount);
    const dots = new Float64Array(this.#owner.length);
    let square = 0;
    let most = 0;
    for (const [name, weight] of features) {
      const found = this.#postings.get(name);
      // An unseen pair or marked form says nothing new: the word itself has been counted.
      const unknown = name.startsWith('p:') ? this.#unknownRarity : this.#unknownRarity * 0.35;
      const share = weight * (found && found.questions.length > 0 ? found.rarity : unknown);
      square += share * share;
      most += share;
      if (!found) continue;
      for (let at = 0; at < found.questions.length; at += 2) {
        const number = found.questions[at] ?? 0;
        dots[number] = (dots[number] ?? 0) + share * (found.questions[at + 1] ?? 0);
      }
      for (let at = 0; at < found.entries.length; at += 2) {
        const entry = found.entries[at] ?? 0;
        whole[entry] = (whole[entry] ?? 0) + share * (found.entries[at + 1] ?? 0);
      }
    }
    const length = Math.sqrt(square) || 1;
    const nearest = new Float64Array(this.#entryCount);
    dots.forEach((dot, number) => {
      if (dot === 0) return;
      const owner = this.#owner[number] ?? 0;
      const likeness = dot / (length * (this.#lengths[number] ?? 1));
      if (likeness > (nearest[owner] ?? 0)) nearest[owner] = likeness;
    });
    return whole.map((sum, entry) => mix.whole * (sum / (most || 1)) + mix.nearest * (nearest[entry] ?? 0));
  }
}
