import { SendFault } from '../channel.js';
import type { PushChannelDeps } from '../push-channel.js';
import type { BotApi } from './api.js';
import { createOwnAlarm, pause, pauseAfter } from './patience.js';
import { codeOf, type TakeUpdate } from './take-update.js';

/** How long the platform holds a call open for something to happen, seconds. */
const HOLD = 30;
/** A held call that outlives this by so much is dead, milliseconds. */
const GRACE = 10_000;
/** One or two lost calls are nobody's concern. */
const FAILURES_BEFORE_ALARM = 3;

/**
 * Receives by asking, while no webhook is set, in one process at a time. The platform gives one update a call and
 * counts it as received at once: it is never given again. So one that could not be stored is kept here and taken again
 * until it is; only the end of the process loses it. Nothing later is asked for meanwhile, which keeps the order.
 */
export function startPolling(
  deps: PushChannelDeps,
  api: BotApi,
  take: TakeUpdate,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const alarm = createOwnAlarm(deps);
  let open: Promise<void> = Promise.resolve();

  const takeUntilStored = async (update: unknown) => {
    for (let failures = 1; ; failures += 1) {
      if ((await take(update)) !== 'not_stored') return;
      if (failures === 1)
        deps.log.warn({}, 'zalo bot: an update could not be stored and is kept until it can');
      if (stopping.signal.aborted) {
        deps.log.error({}, 'zalo bot: the service stopped before an update could be stored; it is lost');
        return;
      }
      await pause(pauseAfter(failures), stopping.signal);
    }
  };

  const lead = deps.leases.lead('zalo_bot.polling', async (lost) => {
    const signal = AbortSignal.any([lost, stopping.signal]);
    const ended = endOf(signal);
    let webhookGone = false;
    let failures = 0;
    while (!signal.aborted) {
      await Promise.race([open, ended]);
      if (signal.aborted) return;
      try {
        // With a webhook set, `getUpdates` stays silent for ever.
        if (!webhookGone) await api.call('deleteWebhook', {}, { signal });
        webhookGone = true;
        const update = await askForOne(api, signal);
        if (update !== undefined) open = takeUntilStored(update);
        failures = 0;
        alarm(undefined);
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        const code = codeOf(error);
        const forOperator = error instanceof SendFault && error.decision.kind === 'operator';
        if (forOperator || failures >= FAILURES_BEFORE_ALARM) alarm(code);
        deps.log.warn({ code, failures }, 'zalo bot: could not ask for what people wrote');
        await pause(pauseAfter(failures), signal);
      }
    }
  });

  return {
    async stop() {
      stopping.abort();
      await lead.stop();
      await open;
    },
  };
}

const endOf = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** The next update, or undefined when nobody wrote meanwhile, which the platform says as error 408. */
async function askForOne(api: BotApi, signal: AbortSignal): Promise<unknown> {
  try {
    return await api.call('getUpdates', { timeout: HOLD }, { signal, patience: HOLD * 1_000 + GRACE });
  } catch (error) {
    if (error instanceof SendFault && error.code === 'too_slow') return undefined;
    throw error;
  }
}
