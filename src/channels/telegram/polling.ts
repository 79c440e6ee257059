import { ALARMS, type Alarm } from './alarms.js';
import { ALLOWED_UPDATES } from './events.js';
import type { TelegramParts } from './parts.js';
import { createPauses, pause, waitOf } from './pauses.js';
import { createPending } from './pending.js';
import type { Receiver } from './receive.js';
import { updates } from './wire.js';

/** Most that Telegram shows at once: core.telegram.org/bots/api#getupdates */
const PAGE = 100;

/**
 * Fetches updates until the signal ends. An update is confirmed (by asking for a later one) only when its turn is
 * stored. One that cannot be stored keeps being shown together with all later ones, so that others are still heard.
 */
export async function poll(
  { deps, api, timing }: TelegramParts,
  receive: Receiver,
  alarm: Alarm,
  signal: AbortSignal,
): Promise<void> {
  const pauses = createPauses(timing);
  const pending = createPending(receive, PAGE, timing.untilStored, signal);
  /** A webhook left over from before refuses polls; whatever waits at Telegram is kept. */
  let clear = false;
  while (!signal.aborted) {
    try {
      if (!clear) await api.deleteWebhook({ drop_pending_updates: false });
      clear = true;
      const page = updates.parse(await getUpdates());
      pauses.reset();
      await pending.take(page);
      if (pending.overflowing) alarm.raise(ALARMS.backlog);
      else alarm.clear();
      if (pending.waiting) await pause(timing.untilStored, signal);
    } catch (error) {
      if (signal.aborted) break;
      clear = false;
      const length = Math.max(pauses.next(), waitOf(error));
      alarm.fault(error, pauses.faults);
      deps.log.warn({ error, retryInMilliseconds: length }, 'polling paused');
      await pause(length, signal);
    }
  }
  await pending.settled();

  function getUpdates(): Promise<unknown> {
    const { offset } = pending;
    return api.callApi(
      'getUpdates',
      {
        limit: PAGE,
        timeout: pending.waiting ? 0 : timing.poll / 1_000,
        allowed_updates: ALLOWED_UPDATES,
        ...(offset === undefined ? {} : { offset }),
      },
      { signal },
    );
  }
}
