import type { Texts } from '../texts/texts.js';
import { phrasesOf } from './plain-words.js';

/** What must be done in these needs a card of its own: out of the fire first, and never open the door. Words and texts: `danger.special`. */
export const SPECIAL_CARDS = ['fire', 'choking', 'hiding', 'door'] as const;
export type SpecialCard = (typeof SPECIAL_CARDS)[number];

/** Reads the words by which each special card is known; gives the card that a message needs. */
export function readSpecialCards(texts: Texts): (text: string, plain: string) => SpecialCard | undefined {
  const cards = SPECIAL_CARDS.map((name) => ({
    name,
    isIn: phrasesOf(texts, `danger.special.${name}_words`),
  }));
  return (text, plain) => cards.find(({ isIn }) => isIn(text, plain))?.name;
}
