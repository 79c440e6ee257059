import type { PushChannel } from '../push-channel.js';
import { createAlarm } from './alarms.js';
import { BotApi } from './bot-api.js';
import { createBotName } from './bot-name.js';
import { setMenu } from './menu.js';
import { type TelegramDeps, type TelegramParts, TIMING, type Timing } from './parts.js';
import { poll } from './polling.js';
import { createReceiver } from './receive.js';
import { keepWebhook } from './registration.js';
import { createSender } from './sender.js';
import { createWebhookRoute } from './webhook.js';

/**
 * Telegram: by webhook when people and platforms can reach us (`publicUrl`) and the secret is set, else by polling. Any
 * process can send; those that receive call `start`.
 */
export function createTelegram(deps: TelegramDeps, timing: Timing = TIMING): PushChannel {
  const api = new BotApi(deps.settings);
  const name = createBotName(api);
  const sender = createSender({ deps, api });
  const parts: TelegramParts = { deps, api, name, sender, timing };
  const receive = createReceiver(parts);
  const { publicUrl, settings } = deps;
  const target =
    publicUrl === undefined || settings.webhookSecret === undefined
      ? undefined
      : { publicUrl, secret: settings.webhookSecret };
  return {
    sender,
    routes: createWebhookRoute(receive, target?.secret, deps),
    start() {
      const alarm = createAlarm(deps);
      void name.learn();
      void setMenu(parts);
      if (target === undefined)
        return deps.leases.lead('telegram polling', (signal) => poll(parts, receive, alarm, signal));
      const stopping = new AbortController();
      const kept = keepWebhook(parts, target, alarm, stopping.signal);
      return {
        async stop() {
          stopping.abort();
          await kept;
        },
      };
    },
  };
}
