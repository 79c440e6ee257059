/** Weights of what the search compares, fitted to our own question forms held out, in four spellings. */
export interface SearchSettings {
  /** Plain words, words with their marks, words in pairs, concepts (which bridge wordings). */
  readonly features: {
    readonly plain: number;
    readonly marked: number;
    readonly pair: number;
    readonly concept: number;
  };
  /** Function words ("không", "có") stay, as "có phải ... không" is a pattern too, but lightly. */
  readonly functionWord: number;
  /** A word one slip away from a known one, where it is not known itself. */
  readonly slip: number;
}

export const SEARCH: SearchSettings = {
  features: { plain: 1, marked: 0.1, pair: 0.7, concept: 1.7 },
  functionWord: 0.4,
  slip: 0.6,
};

/** Small talk must match one of its forms nearly word for word, more so when an answer fits too. */
export const SMALLTALK = { from: 0.62, overAnswer: 0.9 } as const;

/** Most answers given. */
export const MOST_ANSWERS = 5;
