import { seeded } from './seeded.js';

/** Where a network takes its chance from as it learns: where it begins, in which order it reads, what it leaves out. */
export interface Chance {
  /** For what a feature weighs at first. */
  ofFeature(feature: number): () => number;
  /** For what is said at first for a class, and for the biases. */
  ofClass(place: number): () => number;
  /** Puts the texts in the order of a round. */
  order(texts: Int32Array, round: number): void;
  /** For what is left out when a text is read in a round. */
  ofText(text: number, round: number): () => number;
}

/** All from one seed, as it comes. A text more or less makes everything after it another chance. */
export function chanceInTurn(seed: number): Chance {
  const random = seeded(seed);
  return {
    ofFeature: () => random,
    ofClass: () => random,
    order: (texts) => {
      for (let place = texts.length - 1; place > 0; place -= 1) {
        const other = Math.floor(random() * (place + 1));
        const text = texts[place] ?? 0;
        texts[place] = texts[other] ?? 0;
        texts[other] = text;
      }
    },
    ofText: () => random,
  };
}

/**
 * Each feature and each text has a chance of its own, by what it is called and says. So a line more or less changes what is
 * learned from it and little else, where one seed for all would give another network.
 * @param features by feature a number of its name, and `texts` by text one of what it says
 */
export function chanceByName(features: Int32Array, texts: Int32Array): Chance {
  return {
    ofFeature: (feature) => seeded(mixed(features[feature] ?? 0, 0)),
    ofClass: (place) => seeded(mixed(place, 0)),
    order: (order, round) => {
      const places = Int32Array.from(texts, (name) => mixed(name, round + 1));
      order.sort((one, other) => (places[one] ?? 0) - (places[other] ?? 0) || one - other);
    },
    ofText: (text, round) => seeded(mixed(texts[text] ?? 0, -round - 1)),
  };
}

const mixed = (name: number, turn: number): number => {
  const once = Math.imul(name ^ Math.imul(turn, 0x9e3779b1), 0x85ebca6b);
  return Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
};
