import type { Attachment, Choice, Outgoing } from '../../conversation/message.js';
import type { Texts } from '../../texts/texts.js';
import { numberedChoices, plainText } from '../plain.js';
import { splitText } from '../split-text.js';
import { telegram } from './channel.js';

/** One message as Telegram knows messages. */
export type Piece =
  | { readonly kind: 'file'; readonly attachment: Attachment }
  | { readonly kind: 'text'; readonly text: string; readonly buttons: readonly Choice[] };

/**
 * A message of ours in Telegram's pieces: the file first, so that the words with the buttons stand last, where the
 * person answers; the buttons under the last piece. Choices that Telegram would refuse as buttons (flows are checked for
 * it, so this is a fault) become a numbered list: a message with a blemish is better than none.
 */
export function render(message: Outgoing, texts: Texts): readonly Piece[] {
  const { attachment, ...wordsOnly } = message;
  const asButtons = canBeButtons(message.choices);
  const words = [plainText(wordsOnly, texts), asButtons ? '' : numberedChoices(message)]
    .filter((part) => part.trim() !== '')
    .join('\n\n');
  const parts = splitText(words, telegram.limits.textCharacters).filter((part) => part !== '');
  const pieces: Piece[] = parts.map((text, index) => ({
    kind: 'text',
    text,
    buttons: asButtons && index === parts.length - 1 ? message.choices : [],
  }));
  if (attachment) pieces.unshift({ kind: 'file', attachment });
  // Nothing at all to say is refused by Telegram, and staff are told.
  return pieces.length > 0 ? pieces : [{ kind: 'text', text: '', buttons: [] }];
}

const { choices: MOST_CHOICES, choiceIdBytes } = telegram.limits;

function canBeButtons(choices: readonly Choice[]): boolean {
  return (
    choices.length <= MOST_CHOICES &&
    choices.every(({ id, label }) => {
      const bytes = Buffer.byteLength(id, 'utf8');
      return bytes > 0 && bytes <= choiceIdBytes && label.trim() !== '';
    })
  );
}
