import { randomUUID } from 'node:crypto';
import type { PushChannel } from '../channels/push-channel.js';
import type { ReceiveMessage } from '../conversation/turn.js';
import type { Log } from '../operations/log.js';
import { type ChatBinding, readLinkWord } from '../staff/on-call.js';
import type { ServiceOptions } from './options.js';

/**
 * Stands before the turn on every channel: a text that is nothing but a word which a member of staff was shown binds that chat to
 * them and goes no further. Any other message passes untouched, and so does the word while the database is away: the turn
 * then refuses it, and the platform brings it again.
 */
export function withLinkWords(
  receive: ReceiveMessage,
  parts: {
    readonly binding: () => ChatBinding;
    /** Says in the chat that it is bound; losing it loses nothing. */
    readonly confirm: (channel: Parameters<ReceiveMessage>[0]['channel'], address: string) => void;
    readonly log: Pick<Log, 'info' | 'warn'>;
  },
): ReceiveMessage {
  return async (incoming) => {
    const { channel, contact, address, content } = incoming;
    const word = content.kind === 'text' ? readLinkWord(content.text) : undefined;
    if (word === undefined || address === undefined) return receive(incoming);
    try {
      if (!(await parts.binding().bind(word, { channel, contact, address }))) return receive(incoming);
    } catch (error) {
      parts.log.warn({ channel, error }, 'a chat could not be bound');
      return receive(incoming);
    }
    parts.log.info({ channel }, 'a chat of staff was bound');
    parts.confirm(channel, address);
    return { kind: 'done', messages: [] };
  };
}

/** The one sentence after a chat was bound. */
export async function confirmLink(
  { core, log }: Pick<ServiceOptions, 'core' | 'log'>,
  channel: PushChannel | undefined,
  address: string,
): Promise<void> {
  const text = core.texts.messages.say('ring.linked');
  const message = { id: randomUUID(), kind: 'text', text, choices: [], sources: [] } as const;
  await channel?.sender.send(address, message, 0).catch((error: unknown) => {
    log.warn({ error }, 'that a chat was bound could not be said');
  });
}
