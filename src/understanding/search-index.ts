import { domainOf, fitDomain } from './domain.js';
import { FEATURE, type FeatureSpaceState, type Features } from './features.js';
import { SEARCH, type SearchSettings } from './search-settings.js';
import { fitTopics, TopicModel, type TopicModelState } from './topic-model.js';

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
/** Shorter words are too like each other. */
const SHORTEST_SLIP = 4;

/** Rarity below which a word is in so many forms that it does not tell them apart: about one form in 25. */
const COMMON = Math.log(1 + 25);

/** Numbers in rows of different lengths, one after the other. */
export interface Rows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** An index as it is kept in a file. Features are numbers of its feature space. */
export interface SearchIndexState {
  readonly settings: SearchSettings;
  /** By feature; −1 for those that stand in no entry. */
  readonly rarity: Float64Array;
  readonly ours: Uint8Array;
  readonly unknownRarity: number;
  readonly forms: Rows;
  readonly entries: Rows;
  /** By question form its entry; by entry its topic. */
  readonly owner: Int32Array;
  readonly topicOf: Int32Array;
  readonly topics: TopicModelState;
  readonly domain: Float32Array;
  /** Known words by each form of them with one letter left out, see `slipsOf`. */
  readonly slips: ReadonlyMap<string, number>;
}

/** Weighs everything about the entries. Takes a second or two for the whole knowledge base. */
export function buildIndex(
  entries: readonly Searchable[],
  space: FeatureSpaceState,
  words: readonly string[],
  settings: SearchSettings = SEARCH,
): SearchIndexState {
  const questions = entries.flatMap((entry, owner) =>
    entry.questions.map((features) => ({ owner, features })),
  );
  const seen = new Int32Array(space.count);
  const ours = new Uint8Array(space.count);
  const stands = new Uint8Array(space.count);
  for (const { owner, features } of questions)
    for (const feature of features.numbers) {
      seen[feature] = (seen[feature] ?? 0) + 1;
      stands[feature] = 1;
      if (entries[owner]?.topic !== '') ours[feature] = 1;
    }
  for (const entry of entries)
    for (const field of [entry.title, entry.body]) for (const feature of field.numbers) stands[feature] = 1;
  const rarity = Float64Array.from(seen, (count, feature) =>
    stands[feature] === 1 ? Math.log(1 + questions.length / (1 + count)) : -1,
  );
  const tells = (feature: number): boolean => space.kinds[feature] !== FEATURE.marked;
  const told = questions.map(({ owner, features }) => ({
    topic: entries[owner]?.topic ?? '',
    features: Int32Array.from(features.numbers.filter(tells)),
  }));
  const topics = fitTopics(told, space.count);
  return {
    settings,
    rarity,
    ours,
    unknownRarity: Math.log(1 + questions.length / 2) * settings.unknownWord,
    forms: formRows(
      questions.map(({ features }) => features),
      rarity,
    ),
    entries: entryRows(entries, space.count, settings),
    owner: Int32Array.from(questions, ({ owner }) => owner),
    topicOf: Int32Array.from(entries, ({ topic }) => topics.topics.indexOf(topic)),
    topics,
    domain: fitDomain(told, space.count),
    slips: slipsOf(
      space.plain.flatMap((feature, word) =>
        feature >= 0 && stands[feature] === 1 ? [{ word: words[word] ?? '', feature }] : [],
      ),
    ),
  };
}

/**
 * Finds the entries nearest to a text: BM25 over fields of the whole entry, the likeness (cosine) to its nearest question
 * form, and the evidence of the words for its topic. All was weighed before; a look-up adds up a few short rows.
 */
export class SearchIndex {
  readonly #state: SearchIndexState;
  readonly #kinds: readonly number[];
  readonly #model: TopicModel;
  // Work space of one look-up, used again: look-ups never overlap.
  readonly #dots: Float64Array;
  readonly #whole: Float64Array;
  readonly #nearest: Float64Array;
  readonly #likeness: Float64Array;

  constructor(state: SearchIndexState, space: FeatureSpaceState) {
    this.#state = state;
    this.#kinds = space.kinds;
    this.#model = new TopicModel(state.topics);
    this.#dots = new Float64Array(state.owner.length);
    this.#whole = new Float64Array(state.topicOf.length);
    this.#nearest = new Float64Array(state.topicOf.length);
    this.#likeness = new Float64Array(state.topicOf.length);
  }

  /** @returns likeness of each entry; the arrays hold until the next look-up. */
  match(features: Features): Matches {
    const { settings, rarity, ours, unknownRarity, forms, entries } = this.#state;
    const dots = this.#dots.fill(0);
    const whole = this.#whole.fill(0);
    const telling: number[] = [];
    let square = 0;
    let most = 0;
    let known = 0;
    let heard = 0;
    let words = 0;
    for (let at = 0; at < features.numbers.length; at += 1) {
      let feature = features.numbers[at] ?? -1;
      let weight = features.weights[at] ?? 0;
      const kind = feature < 0 ? -1 - feature : (this.#kinds[feature] ?? FEATURE.plain);
      const word = kind === FEATURE.plain ? features.words[words++] : undefined;
      let rare = rarity[feature] ?? -1;
      if (rare < 0 && word !== undefined) {
        feature = this.#oneSlipAway(word);
        rare = rarity[feature] ?? -1;
        if (rare >= 0) weight *= settings.slip;
      }
      if (rare < 0) {
        // An unseen pair or marked form says nothing new: the word itself has been counted.
        const share = weight * (kind === FEATURE.plain ? unknownRarity : unknownRarity * 0.35);
        square += share * share;
        most += share;
        if (kind === FEATURE.plain) heard += share;
        continue;
      }
      const share = weight * rare;
      square += share * share;
      most += share;
      if (kind === FEATURE.plain) {
        heard += share;
        if (ours[feature] === 1) known += share;
      }
      if (kind !== FEATURE.marked) telling.push(feature);
      addRow(forms, feature, share, dots);
      addRow(entries, feature, share, whole);
    }
    const topics = this.#model.of(telling);
    this.#findNearest(Math.sqrt(square) || 1);
    const { mix } = settings;
    const { topicOf } = this.#state;
    const nearest = this.#nearest;
    const likeness = this.#likeness.fill(0);
    for (let entry = 0; entry < likeness.length; entry += 1) {
      const held = whole[entry] ?? 0;
      if (held === 0) continue;
      likeness[entry] =
        mix.whole * (held / (most || 1)) +
        mix.nearest * (nearest[entry] ?? 0) +
        mix.topic * (topics[topicOf[entry] ?? -1] ?? 0);
    }
    return {
      likeness,
      nearest,
      known: heard === 0 ? 0 : known / heard,
      domain: domainOf(this.#state.domain, telling),
    };
  }

  #findNearest(length: number): void {
    const { owner } = this.#state;
    const dots = this.#dots;
    const nearest = this.#nearest.fill(0);
    for (let form = 0; form < dots.length; form += 1) {
      const dot = dots[form] ?? 0;
      if (dot === 0) continue;
      const entry = owner[form] ?? 0;
      if (dot > (nearest[entry] ?? 0)) nearest[entry] = dot;
    }
    for (let entry = 0; entry < nearest.length; entry += 1) nearest[entry] = (nearest[entry] ?? 0) / length;
  }

  /** The feature of a known word that a word is one slip of the finger away from, or −1. */
  #oneSlipAway(word: string): number {
    if (word.length < SHORTEST_SLIP || word.length > LONGEST_SYLLABLE) return -1;
    const { slips } = this.#state;
    for (let at = 0; at < word.length; at += 1) {
      const meant = slips.get(word.slice(0, at) + word.slice(at + 1));
      if (meant !== undefined) return meant;
    }
    return slips.get(word) ?? -1;
  }
}

function formRows(forms: readonly Features[], rarity: Float64Array): Rows {
  const cells = new Cells();
  forms.forEach(({ numbers, weights }, form) => {
    let square = 0;
    numbers.forEach((feature, at) => {
      const share = (weights[at] ?? 0) * (rarity[feature] ?? 0);
      square += share * share;
    });
    const length = Math.sqrt(square) || 1;
    numbers.forEach((feature, at) => {
      const rare = rarity[feature] ?? 0;
      if (rare > COMMON) cells.add(feature, form, ((weights[at] ?? 0) * rare) / length);
    });
  });
  return cells.rows(rarity.length);
}

function entryRows(entries: readonly Searchable[], features: number, settings: SearchSettings): Rows {
  const { k1, b, fields } = settings;
  const counts = entries.map((entry) => {
    const total = new Map<number, number>();
    const add = ({ numbers }: Features, field: number): void => {
      for (const feature of numbers) total.set(feature, (total.get(feature) ?? 0) + field);
    };
    for (const question of entry.questions) add(question, fields.question);
    add(entry.title, fields.title);
    add(entry.body, fields.body);
    return total;
  });
  const sizes = counts.map((total) => sum(total.values()));
  const mean = sum(sizes) / (sizes.length || 1) || 1;
  const cells = new Cells();
  counts.forEach((total, entry) => {
    const size = (sizes[entry] ?? mean) / mean;
    for (const [feature, count] of total)
      cells.add(feature, entry, count / (count + k1 * (1 - b + b * size)));
  });
  return cells.rows(features);
}

function addRow(rows: Rows, row: number, share: number, into: Float64Array): void {
  const { starts, columns, values } = rows;
  const end = starts[row + 1] ?? 0;
  for (let at = starts[row] ?? 0; at < end; at += 1) {
    const column = columns[at] ?? 0;
    into[column] = (into[column] ?? 0) + share * (values[at] ?? 0);
  }
}

/** Gathers numbers by row and column. */
class Cells {
  readonly #rows: number[] = [];
  readonly #columns: number[] = [];
  readonly #values: number[] = [];

  add(row: number, column: number, value: number): void {
    this.#rows.push(row);
    this.#columns.push(column);
    this.#values.push(value);
  }

  rows(count: number): Rows {
    const starts = new Int32Array(count + 1);
    for (const row of this.#rows) starts[row + 1] = (starts[row + 1] ?? 0) + 1;
    for (let row = 0; row < count; row += 1) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
    const next = starts.slice();
    const columns = new Int32Array(this.#rows.length);
    const values = new Float32Array(this.#rows.length);
    this.#rows.forEach((row, cell) => {
      const at = next[row] ?? 0;
      next[row] = at + 1;
      columns[at] = this.#columns[cell] ?? 0;
      values[at] = this.#values[cell] ?? 0;
    });
    return { starts, columns, values };
  }
}

/** Known words of four letters and more, by themselves and by each form of them with one letter left out. */
function slipsOf(
  known: readonly { readonly word: string; readonly feature: number }[],
): ReadonlyMap<string, number> {
  const slips = new Map<string, number>();
  for (const { word, feature } of known) {
    if (word.length < SHORTEST_SLIP) continue;
    slips.set(word, feature);
    for (let at = 0; at < word.length; at += 1) {
      const shorter = word.slice(0, at) + word.slice(at + 1);
      if (!slips.has(shorter)) slips.set(shorter, feature);
    }
  }
  return slips;
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
