import { z } from 'zod';
import type { Outgoing } from '../../conversation/message.js';
import type { ZaloBotSettings } from '../../settings.js';
import type { Texts } from '../../texts/texts.js';
import type { Sender } from '../channel.js';
import { numberedChoices, plainText } from '../plain.js';
import { splitText } from '../split-text.js';
import type { BotApi } from './api.js';
import { zaloBot } from './channel.js';
import { fetchFile } from './fetch-file.js';

const sent = z.object({ message_id: z.string().catch('') }).catch({ message_id: '' });

/**
 * Sends words. The platform has no buttons and takes pictures only from a public address, so choices are numbered lines
 * and of an attachment its description is said. Nothing can be taken back.
 */
export function createBotSender(
  { api, texts }: { readonly api: BotApi; readonly texts: Texts },
  settings: ZaloBotSettings,
): Sender {
  const piecesOf = (message: Outgoing): string[] =>
    splitText(
      [plainText(message, texts), numberedChoices(message)].filter((part) => part !== '').join('\n\n'),
      zaloBot.limits.textCharacters,
    );
  return {
    pieces: (message) => piecesOf(message).length,
    async send(address, message, piece) {
      const text = piecesOf(message)[piece] ?? '';
      return sent.parse(await api.call('sendMessage', { chat_id: address, text })).message_id;
    },
    fetch: (source, signal) => fetchFile(settings, source, signal),
  };
}
