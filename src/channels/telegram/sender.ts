import type { Outgoing } from '../../conversation/message.js';
import { type Sender, SendFault } from '../channel.js';
import { fetchFile } from './fetch-file.js';
import { createOurFiles, FileNotSent } from './our-files.js';
import type { TelegramParts } from './parts.js';
import { type Piece, render } from './render.js';
import { takeBack } from './take-back.js';
import { createWaits } from './waits.js';
import { sent } from './wire.js';

/**
 * Carries messages to Telegram. Plain text without markup, so nothing a person or staff wrote can become a link or break
 * the parsing; no link previews, which would fetch and show. Content is not protected from copying: the two numbers of
 * the reporter's code must be copied to be kept. Every message sounds as the person has set it on their phone: a neutral
 * note that nobody notices helps nobody, and whoever hides the phone mutes the chat there.
 */
export function createSender({ deps, api }: Pick<TelegramParts, 'deps' | 'api'>): Sender {
  const sendFile = createOurFiles({ deps, api });
  const waits = createWaits(deps.now);

  const sendText = async (
    chat: number,
    { text, buttons }: Extract<Piece, { kind: 'text' }>,
  ): Promise<string> => {
    const keyboard = buttons.map(({ id, label }) => [{ text: label, callback_data: id }]);
    const message = await api.sendMessage(chat, text, {
      link_preview_options: { is_disabled: true },
      ...(keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: keyboard } }),
    });
    return sent(message).receipt;
  };

  const sendPiece = async (chat: number, piece: Piece): Promise<string> => {
    if (piece.kind === 'text') return sendText(chat, piece);
    try {
      return await sendFile(chat, piece.attachment);
    } catch (error) {
      if (!(error instanceof FileNotSent)) throw error;
      return sendText(chat, { kind: 'text', text: piece.attachment.alt, buttons: [] });
    }
  };

  return {
    pieces: (message) => render(message, deps.texts).length,
    send: (address, message, piece) =>
      onlyFaults(address, async () => sendPiece(chatOf(address), pieceOf(message, piece))),
    retract: (address, receipts) => onlyFaults(address, async () => takeBack(api, chatOf(address), receipts)),
    fetch: (source, signal) => fetchFile(api, source, signal),
  };

  function pieceOf(message: Outgoing, index: number): Piece {
    const piece = render(message, deps.texts)[index];
    if (piece === undefined) throw new SendFault('no_such_piece', { kind: 'give_up' });
    return piece;
  }

  async function onlyFaults<T>(address: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SendFault)) throw new SendFault('unexpected', { kind: 'give_up' });
      throw waits.widen(error, address);
    }
  }
}

function chatOf(address: string): number {
  const chat = Number(address);
  if (!Number.isSafeInteger(chat) || chat === 0)
    throw new SendFault('address_unreadable', { kind: 'give_up' });
  return chat;
}
