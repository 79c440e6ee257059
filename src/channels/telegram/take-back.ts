import { SendFault } from '../channel.js';
import type { BotApi } from './bot-api.js';

/** core.telegram.org/bots/api#deletemessages */
const BATCH = 100;

/**
 * Deletes messages of both sides from a private chat, where a bot may delete what the person wrote, too, for 48 hours
 * (core.telegram.org/bots/api#deletemessage). Telegram passes over ids it does not know, but refuses a whole batch for
 * one that is too old: then each is tried alone. @throws SendFault
 */
export async function takeBack(api: BotApi, chat: number, receipts: readonly string[]): Promise<void> {
  const ids = [...new Set(receipts.map(Number))].filter((id) => Number.isSafeInteger(id) && id > 0);
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const whole = await passOver(() => api.deleteMessages(chat, batch));
    if (whole) continue;
    for (const id of batch) await passOver(() => api.deleteMessage(chat, id));
  }
}

/** Whether it was done; false when Telegram will never do it. Other faults go on. */
async function passOver(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof SendFault && error.decision.kind === 'give_up') return false;
    throw error;
  }
}
