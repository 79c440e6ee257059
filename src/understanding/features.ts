import type { Lexicon } from './lexicon.js';
import type { Normalised } from './normalise.js';
import { PairTable, type PairTableState } from './pair-table.js';
import { FEATURE_WEIGHTS, FUNCTION_WORD } from './search-settings.js';
import { canonical } from './syllable.js';
import { foldCanonical, type Word } from './word-reader.js';

/** What a feature is: a word without marks, a word with them, two words in a row, or a concept. */
export const FEATURE = { plain: 0, marked: 1, pair: 2, concept: 3 } as const;

/**
 * What the search compares: numbers of features, each once, and their weights. A feature that is not known (see
 * `FeatureSpace`) has the number −1 − its kind.
 */
export interface Features {
  readonly numbers: readonly number[];
  readonly weights: readonly number[];
  /** Plain words behind the features of that kind, in their order. */
  readonly words: readonly string[];
}

export interface Vocabulary {
  readonly functionWords: ReadonlySet<string>;
  readonly functionPlain: ReadonlySet<string>;
  /** Plain syllables joined by a space → concepts. */
  readonly concepts: ReadonlyMap<string, readonly string[]>;
  readonly longestPhrase: number;
  /** Marked syllables joined by a space that only name a person: "em", "cô giáo". */
  readonly people: ReadonlySet<string>;
  /** The first syllables of those. */
  readonly personBegins: ReadonlySet<string>;
}

/**
 * Reads function-words.txt and concepts.tsv, in which a concept that only names a person begins with "@".
 * @throws Error naming the line of concepts.tsv that has no tab.
 */
export function parseVocabulary(functionWords: string, concepts: string): Vocabulary {
  const marked = (text: string): string => text.trim().split(/\s+/).map(canonical).join(' ');
  const people = new Set<string>();
  const found = new Map<string, string[]>();
  let longestPhrase = 1;
  concepts.split('\n').forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const [name, words] = line.split('\t');
    if (!name || !words) throw new Error(`concepts.tsv line ${index + 1}: needs a name, a tab and words`);
    for (const phrased of words.toLowerCase().split('|').map(marked)) {
      if (name.startsWith('@')) people.add(phrased);
      const phrase = phrased.split(' ').map(foldCanonical).join(' ');
      found.set(phrase, [...(found.get(phrase) ?? []), name]);
      longestPhrase = Math.max(longestPhrase, phrase.split(' ').length);
    }
  });
  const words = functionWords
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((word) => canonical(word.trim()));
  return {
    functionWords: new Set(words),
    functionPlain: new Set(words.map(foldCanonical)),
    concepts: found,
    longestPhrase,
    people,
    personBegins: new Set([...people].map((phrase) => phrase.split(' ')[0] ?? '')),
  };
}

/** A feature space as it is kept in a file. */
export interface FeatureSpaceState {
  count: number;
  readonly kinds: number[];
  /** Lexicon number → feature. */
  readonly plain: number[];
  readonly marked: number[];
  readonly pairs: PairTableState;
  readonly concepts: Map<string, number>;
  /** Phrases of concepts as a tree over lexicon numbers, and the concepts by step. */
  readonly phrases: PairTableState;
  readonly phraseConcepts: (readonly number[])[];
}

const NONE = -1;

/**
 * The features and their numbers, shared by all that compares texts. As long as the lexicon is open, new features get
 * numbers; after that, what no text of ours has is not known.
 */
export class FeatureSpace {
  readonly state: FeatureSpaceState;
  readonly #vocabulary: Vocabulary;
  readonly #lexicon: Lexicon;
  readonly #pairs: PairTable;
  readonly #phrases: PairTable;
  // Work space of one reading, used again: readings never overlap. A place counts when its stamp is that of the reading.
  #seen = new Int32Array(1024);
  #place = new Int32Array(1024);
  #reading = 0;
  readonly #light: (boolean | undefined)[] = [];

  constructor(vocabulary: Vocabulary, lexicon: Lexicon, state?: FeatureSpaceState) {
    this.#vocabulary = vocabulary;
    this.#lexicon = lexicon;
    this.#pairs = new PairTable(state?.pairs);
    this.#phrases = new PairTable(state?.phrases);
    this.state = state ?? {
      count: 0,
      kinds: [],
      plain: [],
      marked: [],
      pairs: this.#pairs.state,
      concepts: new Map(),
      phrases: this.#phrases.state,
      phraseConcepts: [[]],
    };
    if (!state) for (const [phrase, concepts] of vocabulary.concepts) this.#addPhrase(phrase, concepts);
  }

  /**
   * Whether a text has a word that is no function word, or that is a concept, and that does not only name a person: only
   * then it can be about something.
   */
  saysSomething({ words }: Normalised): boolean {
    let at = 0;
    while (at < words.length) {
      const word = words[at];
      if (word && (!this.#isLight(word) || this.#vocabulary.concepts.has(word.plain))) {
        const named = this.#personAt(words, at);
        if (named === 0) return true;
        at += named;
      } else at += 1;
    }
    return false;
  }

  /** How many words from there on name a person. */
  #personAt(words: readonly Word[], from: number): number {
    const { people, personBegins, longestPhrase } = this.#vocabulary;
    if (!personBegins.has(words[from]?.best ?? '')) return 0;
    for (let length = Math.min(longestPhrase, words.length - from); length > 0; length -= 1) {
      const phrase = words.slice(from, from + length).map(({ best }) => best);
      if (people.has(phrase.join(' '))) return length;
    }
    return 0;
  }

  /** Features of one text. */
  read({ words }: Normalised): Features {
    const { state } = this;
    this.#reading += 1;
    const found = new Found();
    const strange = new Strange();
    let before: Word | undefined;
    let beforeLight = false;
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at];
      if (!word) break;
      const isLight = this.#isLight(word);
      const share = isLight ? FUNCTION_WORD : 1;
      const plain = this.#number(state.plain, word.plainNumber, FEATURE.plain);
      if (plain === NONE)
        strange.put(found, FEATURE.plain, word.plain, FEATURE_WEIGHTS.plain * share, word.plain);
      else this.#put(found, plain, FEATURE_WEIGHTS.plain * share, word.plain);
      if (!word.bare) {
        const marked = this.#number(state.marked, word.bestNumber, FEATURE.marked);
        if (marked === NONE) strange.put(found, FEATURE.marked, word.best, FEATURE_WEIGHTS.marked * share);
        else this.#put(found, marked, FEATURE_WEIGHTS.marked * share);
      }
      if (before) {
        const both = beforeLight && isLight ? FUNCTION_WORD : beforeLight || isLight ? 0.5 : 1;
        const pair = this.#pair(before.plainNumber, word.plainNumber);
        if (pair === NONE)
          strange.put(found, FEATURE.pair, `${before.plain} ${word.plain}`, FEATURE_WEIGHTS.pair * both);
        else this.#put(found, pair, FEATURE_WEIGHTS.pair * both);
      }
      this.#readConcepts(words, at, found);
      before = word;
      beforeLight = isLight;
    }
    return found;
  }

  /** Forgets the pairs of words that nothing looks at: their numbers stay empty, and they are not known any more. */
  keepPairs(isLookedAt: (feature: number) => boolean): void {
    this.#pairs.keepOnly(isLookedAt);
  }

  #readConcepts(words: readonly Word[], from: number, found: Found): void {
    let step = 0;
    for (let at = from; at < words.length; at += 1) {
      step = this.#phrases.get(step, words[at]?.plainNumber ?? NONE, NONE);
      if (step === NONE) return;
      for (const concept of this.state.phraseConcepts[step] ?? [])
        this.#put(found, concept, FEATURE_WEIGHTS.concept);
    }
  }

  #put(found: Found, feature: number, weight: number, word?: string): void {
    if (feature >= this.#seen.length) {
      this.#seen = grown(this.#seen, feature);
      this.#place = grown(this.#place, feature);
    }
    if (this.#seen[feature] === this.#reading) found.raise(this.#place[feature] ?? 0, weight);
    else {
      this.#seen[feature] = this.#reading;
      this.#place[feature] = found.numbers.length;
      found.add(feature, weight, word);
    }
  }

  #number(numbers: number[], name: number, kind: number): number {
    const known = numbers[name];
    if (known !== undefined && known !== NONE) return known;
    if (name < 0 || !this.#lexicon.isOpen) return NONE;
    while (numbers.length <= name) numbers.push(NONE);
    const fresh = this.#fresh(kind);
    numbers[name] = fresh;
    return fresh;
  }

  #pair(first: number, second: number): number {
    const known = this.#pairs.get(first, second, NONE);
    if (known !== NONE || first < 0 || second < 0 || !this.#lexicon.isOpen) return known;
    const fresh = this.#fresh(FEATURE.pair);
    this.#pairs.set(first, second, fresh);
    return fresh;
  }

  #fresh(kind: number): number {
    this.state.kinds.push(kind);
    return this.state.count++;
  }

  #addPhrase(phrase: string, concepts: readonly string[]): void {
    const { state } = this;
    let step = 0;
    for (const word of phrase.split(' ')) {
      const number = this.#lexicon.of(word);
      let next = this.#phrases.get(step, number, NONE);
      if (next === NONE) {
        next = state.phraseConcepts.length;
        state.phraseConcepts.push([]);
        this.#phrases.set(step, number, next);
      }
      step = next;
    }
    state.phraseConcepts[step] = concepts.map((name) => {
      const known = state.concepts.get(name) ?? this.#fresh(FEATURE.concept);
      state.concepts.set(name, known);
      return known;
    });
  }

  #isLight(word: Word): boolean {
    const known = this.#light[word.memory];
    if (known !== undefined) return known;
    const { functionWords, functionPlain } = this.#vocabulary;
    const isLight = functionWords.has(word.best) || (word.bare && functionPlain.has(word.plain));
    if (word.memory >= 0) this.#light[word.memory] = isLight;
    return isLight;
  }
}

/** Features as they are gathered. */
class Found implements Features {
  readonly numbers: number[] = [];
  readonly weights: number[] = [];
  readonly words: string[] = [];

  add(feature: number, weight: number, word?: string): void {
    this.numbers.push(feature);
    this.weights.push(weight);
    if (word !== undefined) this.words.push(word);
  }

  /** Of a feature that occurs more than once the heaviest occurrence counts. */
  raise(place: number, weight: number): void {
    if ((this.weights[place] ?? 0) < weight) this.weights[place] = weight;
  }
}

/** The features of a text that are not known. */
class Strange {
  // Made when the first is put: most texts have few or none.
  readonly #places: (Map<string, number> | undefined)[] = [undefined, undefined, undefined];

  put(found: Found, kind: number, name: string, weight: number, word?: string): void {
    this.#places[kind] ??= new Map();
    const places = this.#places[kind];
    const place = places?.get(name);
    if (place !== undefined) found.raise(place, weight);
    else {
      places?.set(name, found.numbers.length);
      found.add(-1 - kind, weight, word);
    }
  }
}

function grown(array: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(array.length * 2, index + 1));
  larger.set(array);
  return larger;
}
