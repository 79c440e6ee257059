/**
 * Weights of the answer search, fitted to our own question forms asked of an index that had not seen them, in four
 * spellings.
 */
export interface SearchSettings {
  /** BM25: how soon a word that many question forms of an answer share stops counting. Its length plays no part. */
  readonly k1: number;
  /** How much a word in each field says: questions are written to be matched, bodies mention neighbours' topics. */
  readonly fields: { readonly question: number; readonly title: number; readonly body: number };
  /** Plain words, words with their marks, words in pairs, concepts (which bridge wordings). */
  readonly features: {
    readonly plain: number;
    readonly marked: number;
    readonly pair: number;
    readonly concept: number;
  };
  /** Function words ("không", "có") stay, as "có phải ... không" is a pattern too, but lightly. */
  readonly functionWord: number;
  /** A word that no answer knows weighs as much as a rare one: it is how other subjects are noticed. */
  readonly unknownWord: number;
  /** A word one slip away from a known one, where it is not known itself. */
  readonly slip: number;
}

export const SEARCH: SearchSettings = {
  k1: 2,
  fields: { question: 1, title: 1, body: 0.6 },
  features: { plain: 1, marked: 0.1, pair: 0.7, concept: 1.7 },
  functionWord: 0.4,
  unknownWord: 1,
  slip: 0.6,
};

/** Small talk must match one of its forms nearly word for word, more so when an answer fits too. */
export const SMALLTALK = { from: 0.62, overAnswer: 0.9 } as const;

/** Most answers given. */
export const MOST_ANSWERS = 5;
