import { foldCanonical, type Normalised } from './normalise.js';
import { SEARCH, type SearchSettings } from './search-settings.js';
import { canonical } from './syllable.js';

/** What the search compares: feature → weight. Names: "p:" plain, "m:" marked, "d:" pair (duo), "c:" concept. */
export type Features = ReadonlyMap<string, number>;

export interface Vocabulary {
  readonly functionWords: ReadonlySet<string>;
  /** Plain syllables joined by a space → concepts. */
  readonly concepts: ReadonlyMap<string, readonly string[]>;
  readonly longestPhrase: number;
}

/**
 * Reads function-words.txt and concepts.tsv.
 * @throws Error naming the line of concepts.tsv that has no tab.
 */
export function parseVocabulary(functionWords: string, concepts: string): Vocabulary {
  const plain = (text: string): string =>
    text
      .trim()
      .split(/\s+/)
      .map((word) => foldCanonical(canonical(word)))
      .join(' ');
  const found = new Map<string, string[]>();
  let longestPhrase = 1;
  concepts.split('\n').forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const [name, words] = line.split('\t');
    if (!name || !words) throw new Error(`concepts.tsv line ${index + 1}: needs a name, a tab and words`);
    for (const phrase of words.toLowerCase().split('|').map(plain)) {
      found.set(phrase, [...(found.get(phrase) ?? []), name]);
      longestPhrase = Math.max(longestPhrase, phrase.split(' ').length);
    }
  });
  const words = functionWords.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return {
    functionWords: new Set(words.map((word) => canonical(word.trim()))),
    concepts: found,
    longestPhrase,
  };
}

/** Whether a text has a word that is no function word, or a phrase that is a concept: only then it can be about something. */
export function saysSomething({ words }: Normalised, vocabulary: Vocabulary): boolean {
  return words.some((word) => {
    const form = word.forms[1] ?? word.forms[0] ?? word.typed;
    const isLight =
      vocabulary.functionWords.has(form) || (word.bare && isLightPlain(vocabulary, foldCanonical(form)));
    return !isLight || vocabulary.concepts.has(foldCanonical(form));
  });
}

/** Features of one text. Pure. */
export function featuresOf(
  { words }: Normalised,
  vocabulary: Vocabulary,
  settings: SearchSettings = SEARCH,
): Features {
  const features = new Map<string, number>();
  const put = (name: string, weight: number): void => {
    if ((features.get(name) ?? 0) < weight) features.set(name, weight);
  };
  const plain: string[] = [];
  const light: boolean[] = [];
  for (const word of words) {
    // The last reading is the standard one; the typed word stays the first where there is no other.
    const form = word.forms[1] ?? word.forms[0] ?? word.typed;
    const isLight =
      vocabulary.functionWords.has(form) || (word.bare && isLightPlain(vocabulary, foldCanonical(form)));
    plain.push(foldCanonical(form));
    light.push(isLight);
    const share = isLight ? settings.functionWord : 1;
    put(`p:${foldCanonical(form)}`, settings.features.plain * share);
    if (!word.bare) put(`m:${form}`, settings.features.marked * share);
  }
  for (let at = 0; at < plain.length; at += 1) {
    const next = plain[at + 1];
    if (next !== undefined) {
      const share = light[at] && light[at + 1] ? settings.functionWord : light[at] || light[at + 1] ? 0.5 : 1;
      put(`d:${plain[at]} ${next}`, settings.features.pair * share);
    }
    for (let length = 1; length <= vocabulary.longestPhrase && at + length <= plain.length; length += 1) {
      for (const concept of vocabulary.concepts.get(plain.slice(at, at + length).join(' ')) ?? []) {
        put(`c:${concept}`, settings.features.concept);
      }
    }
  }
  return features;
}

const LIGHT_PLAIN = new WeakMap<Vocabulary, ReadonlySet<string>>();

function isLightPlain(vocabulary: Vocabulary, plain: string): boolean {
  let words = LIGHT_PLAIN.get(vocabulary);
  if (!words) {
    words = new Set([...vocabulary.functionWords].map(foldCanonical));
    LIGHT_PLAIN.set(vocabulary, words);
  }
  return words.has(plain);
}
