/**
 * Weights of the answer search, set by hand in its first shape while a development sample was being measured: they are to
 * be fitted to our own held-out question forms, as the scores and limits already are (search-calibration.yaml,
 * `npm run calibrate`). Change one, measure, and write why.
 */
export const SEARCH = {
  /** BM25: a word that many question forms share keeps counting (high k1); answers differ little in length (b 0). */
  k1: 3,
  b: 0,
  /** How much a word in each field says: questions are written to be matched, bodies mention neighbours' topics. */
  fields: { question: 1, title: 1, body: 0.6 },
  /**
   * A concept bridges wordings and tells most. Marks add little: a word and its pairs already stand apart, and those who
   * type without marks must not lose.
   */
  features: { plain: 1, marked: 0.1, pair: 0.5, concept: 1.7 },
  /** Function words ("không", "có") stay, as "có phải ... không" is a pattern too, but lightly. */
  functionWord: 0.4,
  /** A word that no answer knows weighs as much as a rare one: it is how other subjects are noticed. */
  unknownWord: 1.0,
  /** Mixture of the nearest question form and the whole answer; strangers' wordings seldom match one form. */
  mix: { nearest: 0.3, whole: 0.7 },
  /** Small talk must match one of its forms nearly word for word, more so when an answer fits too. */
  smalltalkMix: { nearest: 1, whole: 0 },
  smalltalkFrom: 0.62,
  smalltalkOverAnswer: 0.9,
  most: 5,
} as const;
