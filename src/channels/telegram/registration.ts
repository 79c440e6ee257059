import { ALARMS, type Alarm } from './alarms.js';
import { ALLOWED_UPDATES } from './events.js';
import type { TelegramParts } from './parts.js';
import { createPauses, pause, waitOf } from './pauses.js';
import { WEBHOOK_PATH } from './webhook.js';
import { webhookInfo } from './wire.js';

/**
 * Tells Telegram where to deliver and keeps it told, until the signal ends: registers, with growing pauses while it is
 * refused, then looks now and then whether the address still is ours and whether Telegram reaches it. Several processes
 * may do this at once: registering the same again changes nothing.
 */
export async function keepWebhook(
  { deps, api, timing }: TelegramParts,
  target: { readonly publicUrl: string; readonly secret: string },
  alarm: Alarm,
  signal: AbortSignal,
): Promise<void> {
  const url = `${target.publicUrl}${WEBHOOK_PATH}`;
  const pauses = createPauses(timing);
  let registered = false;
  while (!signal.aborted) {
    try {
      if (!registered) {
        await api.setWebhook(url, { secret_token: target.secret, allowed_updates: ALLOWED_UPDATES });
        registered = true;
        deps.log.info({ channel: 'telegram' }, 'webhook registered');
      }
      const info = webhookInfo.parse(await api.getWebhookInfo());
      pauses.reset();
      registered = info.url === url;
      // An error that is older than the last look was got over; Telegram tells whole seconds.
      const failedAt = (info.last_error_date ?? 0) * 1_000;
      const fails = info.pending_update_count > 0 && failedAt > deps.now() - timing.webhookCheck - 1_000;
      if (fails) alarm.raise(ALARMS.cannot_reach_us);
      else alarm.clear();
      await pause(registered ? timing.webhookCheck : timing.firstPause, signal);
    } catch (error) {
      const length = Math.max(pauses.next(), waitOf(error));
      alarm.fault(error, pauses.faults);
      deps.log.warn({ error, retryInMilliseconds: length }, 'webhook not registered');
      await pause(length, signal);
    }
  }
}
