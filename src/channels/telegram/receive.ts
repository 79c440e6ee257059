import type { Received } from '../push-channel.js';
import { takeMessage } from '../take-message.js';
import type { EventName } from './events.js';
import { parseUpdate } from './parse.js';
import type { TelegramParts } from './parts.js';
import { createPrivateOnly } from './private-only.js';

/** Updates remembered at once as already answered though not stored. */
const MOST_SAID = 10_000;

/** Takes one update, however it came. `not_stored`: Telegram must keep it and show it again. Never rejects. */
export type Receiver = (update: unknown) => Promise<Received>;

export function createReceiver(parts: TelegramParts): Receiver {
  const { deps, api, name, sender } = parts;
  const sayPrivateOnly = createPrivateOnly(parts);
  /** What was said at once to an update that could not be stored is not said again each time Telegram shows it. */
  const said = new Set<number>();
  const bestEffort = (call: Promise<unknown>): void => void call.catch(() => undefined);

  async function act(
    id: number,
    parsed: NonNullable<ReturnType<typeof parseUpdate>>['result'],
  ): Promise<Received> {
    switch (parsed.kind) {
      case 'ignored':
        return 'ignored';
      case 'group':
        sayPrivateOnly(parsed.chat);
        return 'ignored';
      case 'left':
        await deps.left(parsed.contact);
        return 'taken';
      case 'incoming': {
        const isNew = !said.has(id);
        if (isNew) bestEffort(api.sendChatAction(Number(parsed.incoming.address), 'typing'));
        remember(id);
        const outcome = await takeMessage({ ...deps, sender }, parsed.incoming, isNew, () => said.delete(id));
        if (outcome !== 'not_stored') said.delete(id);
        return outcome;
      }
    }
  }

  function remember(id: number): void {
    said.add(id);
    const oldest = said.values().next().value;
    if (said.size > MOST_SAID && oldest !== undefined) said.delete(oldest);
  }

  return async (raw) => {
    const update = parseUpdate(raw, {
      contactOf: deps.contactOf,
      messageIdOf: deps.messageIdOf,
      botId: api.botId,
      username: name.known,
    });
    const event: EventName = update?.result.event ?? 'other';
    let outcome: Received = 'ignored';
    if (update) {
      if (update.callback !== undefined) bestEffort(api.answerCbQuery(update.callback));
      outcome = await act(update.id, update.result).catch((error: unknown) => {
        deps.log.warn({ error, event }, 'not stored; Telegram shows it again');
        return 'not_stored' as const;
      });
    }
    deps.observe(event, outcome);
    return outcome;
  };
}
