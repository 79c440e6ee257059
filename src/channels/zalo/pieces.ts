import type { Attachment, Choice, Outgoing } from '../../conversation/message.js';
import type { Texts } from '../../texts/texts.js';
import { numberedChoices, plainText } from '../plain.js';
import { splitText } from '../split-text.js';
import { zalo } from './channel.js';
import { choicePayload } from './choice.js';

/** One message of Zalo's. An attachment takes the place of buttons, so it goes first and alone, and the words follow. */
export type Piece =
  | { readonly kind: 'attachment'; readonly attachment: Attachment }
  | {
      readonly kind: 'text';
      /** With the choices as a numbered list, for whoever gets no buttons. */
      readonly withList: string;
      /** Without it, where `buttons` stand for the choices. */
      readonly text: string;
      readonly buttons: readonly Choice[];
    };

const { textCharacters, choices: maxButtons, labelCharacters, choiceIdBytes } = zalo.limits;
const GAP = '\n\n';
/** A list that leaves less than this for the words is cut like words. */
const LEAST_TEXT = 500;

/**
 * A message in Zalo's pieces. Whether somebody gets buttons or the list is known only when it is sent, so the cut
 * leaves room for the list either way and the number of pieces is the same. Pure.
 */
export function piecesOf(message: Outgoing, texts: Texts): readonly Piece[] {
  const attachment: Piece[] =
    message.attachment === undefined ? [] : [{ kind: 'attachment', attachment: message.attachment }];
  const text = plainText(message, texts);
  if (text === '' && message.choices.length === 0 && attachment.length > 0) return attachment;
  return [...attachment, ...textPieces(text, message)];
}

function textPieces(text: string, message: Outgoing): Piece[] {
  const list = numberedChoices(message).normalize('NFC');
  const plain = (one: string): Piece => ({ kind: 'text', text: one, withList: one, buttons: [] });
  if (list === '') return splitText(text, textCharacters).map(plain);
  const room = textCharacters - list.length - GAP.length;
  if (room < LEAST_TEXT) return splitText(text + GAP + list, textCharacters).map(plain);
  const cut = splitText(text, text.length <= room ? textCharacters : room);
  const last = cut.at(-1) ?? '';
  const withList = [last, list].filter((part) => part !== '').join(GAP);
  const fits = message.choices.length <= maxButtons && message.choices.every(fitsButton) && last !== '';
  return [
    ...cut.slice(0, -1).map(plain),
    fits
      ? { kind: 'text', text: last, withList, buttons: message.choices }
      : { kind: 'text', text: withList, withList, buttons: [] },
  ];
}

const fitsButton = ({ id, label }: Choice): boolean =>
  label.trim() !== '' &&
  label.normalize('NFC').length <= labelCharacters &&
  Buffer.byteLength(id) <= choiceIdBytes;

/**
 * Whether the template of buttons names itself. Programs that run show it both ways; the shape without is the one proven
 * on v3.0. The one place to change it.
 */
const BUTTON_TEMPLATE: { readonly template_type?: 'button' } = {};

/** `message` of a send, for words. Buttons send their payload back unseen by the person (`oa.query.hide`). */
export function textMessage(piece: Extract<Piece, { kind: 'text' }>, canPress: boolean): object {
  if (!canPress || piece.buttons.length === 0) return { text: canPress ? piece.text : piece.withList };
  return {
    text: piece.text,
    attachment: {
      type: 'template',
      payload: {
        ...BUTTON_TEMPLATE,
        buttons: piece.buttons.map(({ id, label }) => ({
          title: label.normalize('NFC'),
          type: 'oa.query.hide',
          payload: choicePayload(id),
        })),
      },
    },
  };
}

/** `message` of a send, for an uploaded image. */
export const imageMessage = (attachmentId: string): object => ({
  attachment: {
    type: 'template',
    payload: { template_type: 'media', elements: [{ media_type: 'image', attachment_id: attachmentId }] },
  },
});

/** `message` of a send, for an uploaded document. */
export const fileMessage = (token: string): object => ({ attachment: { type: 'file', payload: { token } } });
