import type { Texts } from '../texts/texts.js';
import { countWords, phrasesOf } from './plain-words.js';

/**
 * What people write on after the emergency card, in the order in which it is looked for: who does not joke goes before who
 * does. The words of each stand in after_card.yaml under its name and `_words`, what is said to it under its name.
 */
export const AFTER_CARD = [
  'is_me',
  'serious',
  'which_number',
  'cannot_call',
  'who_will_know',
  'promised',
  'not_believed',
  'own_fault',
  'joking',
  'better',
  'what_now',
  'afraid',
] as const;
export type AfterCard = (typeof AFTER_CARD)[number];

/** A longer message tells something new, whatever words it has. */
const MOST_WORDS = 12;

/** Reads the lists of after_card.yaml: what a message means that comes after the card, if it means one of these. */
export function readAfterCard(texts: Texts): (text: string, plain: string) => AfterCard | undefined {
  const meanings = AFTER_CARD.map((name) => ({
    name,
    isIn: phrasesOf(texts, `after_card.${name}_words`),
  }));
  return (text, plain) =>
    countWords(plain) > MOST_WORDS ? undefined : meanings.find(({ isIn }) => isIn(text, plain))?.name;
}
