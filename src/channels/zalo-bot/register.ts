import { z } from 'zod';
import type { PushChannelDeps } from '../push-channel.js';
import type { BotApi } from './api.js';
import { createOwnAlarm, pause, pauseAfter } from './patience.js';
import { codeOf } from './take-update.js';
import { WEBHOOK_PATH } from './webhook.js';

/** The platform keeps the address even when it could not reach it, and says so here. */
const registered = z.object({ verification: z.object({ ok: z.boolean() }).optional() }).catch({});

/** Tells the platform where we are, again and again until it has taken it. Each failure is an alarm until then. */
export async function registerWebhook(
  deps: PushChannelDeps,
  api: BotApi,
  facts: { readonly publicUrl: string; readonly secret: string },
  signal: AbortSignal,
): Promise<void> {
  const alarm = createOwnAlarm(deps);
  for (let failures = 1; !signal.aborted; failures += 1) {
    const code = await tryOnce(api, facts, signal);
    if (signal.aborted) return;
    alarm(code);
    if (code === undefined) {
      deps.log.info({}, 'zalo bot: the webhook is registered');
      return;
    }
    deps.log.warn({ code, failures }, 'zalo bot: the webhook could not be registered');
    await pause(pauseAfter(failures), signal);
  }
}

/** Undefined when it went well, else the short name of what is wrong. */
async function tryOnce(
  api: BotApi,
  { publicUrl, secret }: { readonly publicUrl: string; readonly secret: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const body = { url: `${publicUrl}${WEBHOOK_PATH}`, secret_token: secret };
    const { verification } = registered.parse(await api.call('setWebhook', body, { signal }));
    return verification?.ok === false ? 'webhook_not_reached' : undefined;
  } catch (error) {
    return codeOf(error);
  }
}
