import type { Incoming, Outgoing } from '../conversation/message.js';
import type { ReceiveMessage } from '../conversation/turn.js';
import type { Sender } from './channel.js';
import type { ChannelLog, Received } from './push-channel.js';

/** Platforms want their answer within two seconds; by then we have one. Milliseconds. */
const PATIENCE = 1_500;

/**
 * Carries one incoming message through its turn, commit first. Resolves within two seconds with whether the platform may
 * be acknowledged (`taken`, `duplicate`) or must deliver again (`not_stored`). What is to be said at once because nothing
 * could be stored, the emergency card above all, is sent from here, past the queue; `sayIt` false keeps it from being
 * said again to a redelivery. `onUnsaid` is told when it could not be sent, so that the next redelivery says it after all.
 */
export async function takeMessage(
  parts: { readonly receive: ReceiveMessage; readonly sender: Sender; readonly log: ChannelLog },
  incoming: Incoming,
  sayIt = true,
  onUnsaid: () => void = () => undefined,
): Promise<Extract<Received, 'taken' | 'duplicate' | 'not_stored'>> {
  const turn = parts.receive(incoming).then(async (outcome) => {
    if (outcome.kind === 'done') return 'taken' as const;
    if (outcome.kind === 'duplicate') return 'duplicate' as const;
    if (sayIt && incoming.address !== undefined)
      void sayAtOnce(parts, incoming.address, outcome.messages).then((said) => said || onUnsaid());
    return 'not_stored' as const;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'not_stored'>((resolve) => {
    timer = setTimeout(() => resolve('not_stored'), PATIENCE);
  });
  return Promise.race([turn, late]).finally(() => clearTimeout(timer));
}

async function sayAtOnce(
  { sender, log }: { readonly sender: Sender; readonly log: ChannelLog },
  address: string,
  messages: readonly Outgoing[],
): Promise<boolean> {
  try {
    for (const message of messages) {
      for (let piece = 0; piece < sender.pieces(message); piece += 1)
        await sender.send(address, message, piece);
    }
    return true;
  } catch (error) {
    log.warn({ error }, 'what was to be said at once could not be sent');
    return false;
  }
}
