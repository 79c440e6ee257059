import { Domain } from './domain.js';
import type { Features } from './features.js';
import { SEARCH, type SearchSettings } from './search-settings.js';
import { TopicModel } from './topic-model.js';

export interface Searchable {
  /** What entries are grouped by; "" is a group of its own for what is not ours. */
  readonly topic: string;
  readonly questions: readonly Features[];
  readonly title: Features;
  readonly body: Features;
}

/** What a text is like: each entry, 0 to about 1, and how much of the text the index knows. */
export interface Matches {
  readonly likeness: Float64Array;
  /** Likeness to the nearest question form of each entry alone. */
  readonly nearest: Float64Array;
  /** Share of the text's weight that stands in any question form of ours (not of the group ""). */
  readonly known: number;
  /** Whether the text is of our domain at all, −1 to 1. */
  readonly domain: number;
}

/** No Vietnamese syllable, mistyped by one letter, is longer. */
const LONGEST_SYLLABLE = 8;

/** Rarity below which a word is in so many forms that it does not tell them apart: about one form in 25. */
const COMMON = Math.log(1 + 25);

/** Numbers in rows of different lengths, one after the other. */
interface Rows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/**
 * Finds the entries nearest to a text: BM25 over fields of the whole entry, the likeness (cosine) to its nearest question
 * form, and the evidence of the words for its topic. All is weighed when it is built; a look-up adds up a few short rows.
 */
export class SearchIndex {
  readonly #settings: SearchSettings;
  readonly #numbers = new Map<string, number>();
  readonly #rarity: Float64Array;
  readonly #ours: Uint8Array;
  readonly #unknownRarity: number;
  readonly #forms: Rows;
  readonly #entries: Rows;
  readonly #owner: Int32Array;
  readonly #topicOf: Int32Array;
  readonly #model: TopicModel;
  readonly #domain: Domain;
  readonly #slips: ReadonlyMap<string, string>;
  // Work space of one look-up, used again: look-ups never overlap.
  readonly #dots: Float64Array;
  readonly #whole: Float64Array;

  constructor(entries: readonly Searchable[], settings: SearchSettings = SEARCH) {
    this.#settings = settings;
    const questions = entries.flatMap((entry, owner) =>
      entry.questions.map((features) => ({ owner, features })),
    );
    const number = (name: string): number => {
      const known = this.#numbers.get(name);
      if (known !== undefined) return known;
      const fresh = this.#numbers.size;
      this.#numbers.set(name, fresh);
      return fresh;
    };
    const seen: number[] = [];
    const ours: boolean[] = [];
    for (const { owner, features } of questions)
      for (const name of features.keys()) {
        const at = number(name);
        seen[at] = (seen[at] ?? 0) + 1;
        if (entries[owner]?.topic !== '') ours[at] = true;
      }
    for (const entry of entries)
      for (const field of [entry.title, entry.body]) for (const name of field.keys()) number(name);
    this.#rarity = Float64Array.from({ length: this.#numbers.size }, (_, at) =>
      Math.log(1 + questions.length / (1 + (seen[at] ?? 0))),
    );
    this.#ours = Uint8Array.from({ length: this.#numbers.size }, (_, at) => (ours[at] ? 1 : 0));
    this.#unknownRarity = Math.log(1 + questions.length / 2) * settings.unknownWord;
    this.#owner = Int32Array.from(questions, ({ owner }) => owner);
    this.#forms = this.#formRows(questions.map(({ features }) => features));
    this.#entries = this.#entryRows(entries);
    const forms = questions.map(({ owner, features }) => ({
      topic: entries[owner]?.topic ?? '',
      features: Int32Array.from(
        [...features.keys()].flatMap((name) => (tellsTopic(name) ? (this.#numbers.get(name) ?? []) : [])),
      ),
    }));
    this.#model = new TopicModel(forms, this.#numbers.size);
    this.#domain = new Domain(forms, this.#numbers.size);
    this.#topicOf = Int32Array.from(entries, ({ topic }) => this.#model.topics.indexOf(topic));
    this.#slips = slipsOf([...this.#numbers.keys()].filter((name) => name.startsWith('p:')));
    this.#dots = new Float64Array(questions.length);
    this.#whole = new Float64Array(entries.length);
  }

  #formRows(forms: readonly Features[]): Rows {
    const cells: [number, number, number][] = [];
    forms.forEach((features, form) => {
      const shares: [number, number][] = [];
      let square = 0;
      for (const [name, weight] of features) {
        const feature = this.#numbers.get(name) ?? 0;
        const share = weight * (this.#rarity[feature] ?? 0);
        square += share * share;
        shares.push([feature, share]);
      }
      const length = Math.sqrt(square) || 1;
      for (const [feature, share] of shares)
        if ((this.#rarity[feature] ?? 0) > COMMON) cells.push([feature, form, share / length]);
    });
    return rowsOf(cells, this.#numbers.size);
  }

  #entryRows(entries: readonly Searchable[]): Rows {
    const { k1, b, fields } = this.#settings;
    const counts = entries.map((entry) => {
      const total = new Map<number, number>();
      const add = (features: Features, field: number): void => {
        for (const name of features.keys()) {
          const feature = this.#numbers.get(name) ?? 0;
          total.set(feature, (total.get(feature) ?? 0) + field);
        }
      };
      for (const question of entry.questions) add(question, fields.question);
      add(entry.title, fields.title);
      add(entry.body, fields.body);
      return total;
    });
    const sizes = counts.map((total) => sum(total.values()));
    const mean = sum(sizes) / (sizes.length || 1) || 1;
    const cells: [number, number, number][] = [];
    counts.forEach((total, entry) => {
      const size = (sizes[entry] ?? mean) / mean;
      for (const [feature, count] of total)
        cells.push([feature, entry, count / (count + k1 * (1 - b + b * size))]);
    });
    return rowsOf(cells, this.#numbers.size);
  }

  /** @returns likeness of each entry; the arrays are the caller's own. */
  match(features: Features): Matches {
    const dots = this.#dots.fill(0);
    const whole = this.#whole.fill(0);
    const telling: number[] = [];
    let square = 0;
    let most = 0;
    let known = 0;
    let heard = 0;
    for (const [name, given] of features) {
      let weight = given;
      let feature = this.#numbers.get(name);
      if (feature === undefined) {
        const meant = this.#slips.get(name) ?? (name.startsWith('p:') ? this.#oneSlipAway(name) : undefined);
        if (meant !== undefined) {
          feature = this.#numbers.get(meant);
          weight *= this.#settings.slip;
        }
      }
      if (feature === undefined) {
        // An unseen pair or marked form says nothing new: the word itself has been counted.
        const share = weight * (name.startsWith('p:') ? this.#unknownRarity : this.#unknownRarity * 0.35);
        square += share * share;
        most += share;
        if (name.startsWith('p:')) heard += share;
        continue;
      }
      const share = weight * (this.#rarity[feature] ?? 0);
      square += share * share;
      most += share;
      if (name.startsWith('p:')) {
        heard += share;
        if (this.#ours[feature] === 1) known += share;
      }
      if (tellsTopic(name)) telling.push(feature);
      addRow(this.#forms, feature, share, dots);
      addRow(this.#entries, feature, share, whole);
    }
    const told = Int32Array.from(telling);
    const topics = this.#model.of(told);
    const length = Math.sqrt(square) || 1;
    const nearest = new Float64Array(whole.length);
    for (let form = 0; form < dots.length; form += 1) {
      const dot = dots[form] ?? 0;
      if (dot === 0) continue;
      const likeness = dot / length;
      const owner = this.#owner[form] ?? 0;
      if (likeness > (nearest[owner] ?? 0)) nearest[owner] = likeness;
    }
    const { mix } = this.#settings;
    const likeness = new Float64Array(whole.length);
    for (let entry = 0; entry < likeness.length; entry += 1) {
      const held = whole[entry] ?? 0;
      if (held === 0) continue;
      likeness[entry] =
        mix.whole * (held / (most || 1)) +
        mix.nearest * (nearest[entry] ?? 0) +
        mix.topic * (topics[this.#topicOf[entry] ?? -1] ?? 0);
    }
    return { likeness, nearest, known: heard === 0 ? 0 : known / heard, domain: this.#domain.of(told) };
  }

  #oneSlipAway(name: string): string | undefined {
    const word = name.slice(2);
    if (word.length < 4 || word.length > LONGEST_SYLLABLE) return undefined;
    for (let at = 0; at < word.length; at += 1) {
      const shorter = this.#slips.get(`-${word.slice(0, at)}${word.slice(at + 1)}`);
      if (shorter !== undefined) return shorter;
    }
    return this.#slips.get(`-${word}`);
  }
}

/** Marked forms are left out where topics are told: those who type without marks must not lose. */
const tellsTopic = (name: string): boolean => name.charCodeAt(0) !== MARKED;
const MARKED = 'm'.charCodeAt(0);

function addRow(rows: Rows, row: number, share: number, into: Float64Array): void {
  const { starts, columns, values } = rows;
  const end = starts[row + 1] ?? 0;
  for (let at = starts[row] ?? 0; at < end; at += 1) {
    const column = columns[at] ?? 0;
    into[column] = (into[column] ?? 0) + share * (values[at] ?? 0);
  }
}

function rowsOf(cells: readonly (readonly [number, number, number])[], count: number): Rows {
  const starts = new Int32Array(count + 1);
  for (const [row] of cells) starts[row + 1] = (starts[row + 1] ?? 0) + 1;
  for (let row = 0; row < count; row += 1) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  const next = starts.slice();
  const columns = new Int32Array(cells.length);
  const values = new Float32Array(cells.length);
  for (const [row, column, value] of cells) {
    const at = next[row] ?? 0;
    next[row] = at + 1;
    columns[at] = column;
    values[at] = value;
  }
  return { starts, columns, values };
}

/** Known words of four letters and more by each form of them with one letter left out, marked "-". */
function slipsOf(names: readonly string[]): ReadonlyMap<string, string> {
  const slips = new Map<string, string>();
  for (const name of names) {
    const word = name.slice(2);
    if (word.length < 4) continue;
    slips.set(`-${word}`, name);
    for (let at = 0; at < word.length; at += 1) {
      const shorter = `-${word.slice(0, at)}${word.slice(at + 1)}`;
      if (!slips.has(shorter)) slips.set(shorter, name);
    }
  }
  return slips;
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
