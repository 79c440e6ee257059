/**
 * How much a feature counts when texts are compared for small talk: plain words, words with their marks, words in pairs,
 * concepts (which bridge wordings). The models of topics and answers weigh features by what they learned.
 */
export const FEATURE_WEIGHTS = { plain: 1, marked: 0.1, pair: 0.7, concept: 1.7 } as const;
/** Function words ("không", "có") stay, as "có phải ... không" is a pattern too, but lightly. */
export const FUNCTION_WORD = 0.4;

/** Small talk must match one of its forms nearly word for word, more so when an answer fits too, and to the word where it may ask on. */
export const SMALLTALK = { from: 0.62, overAnswer: 0.9, askingOn: 0.98 } as const;

/** Most answers given. */
export const MOST_ANSWERS = 5;

/** How far a miss may pull the linear models of topics and answers; twice or half of it is no better on forms held out. */
export const MARGIN_COST = 0.5;
