import express from 'express';
import type { ZaloBotSettings } from '../../settings.js';
import type { PushChannel, PushChannelDeps } from '../push-channel.js';
import { createBotApi } from './api.js';
import { startPolling } from './poll.js';
import { registerWebhook } from './register.js';
import { createBotSender } from './send.js';
import { createTakeUpdate } from './take-update.js';
import { createBotWebhook } from './webhook.js';

/** A bot of the Zalo Bot Platform. With a public address it is received by webhook, else by polling. */
export function createZaloBot(deps: PushChannelDeps & { readonly settings: ZaloBotSettings }): PushChannel {
  const { settings, publicUrl } = deps;
  const api = createBotApi(settings);
  const sender = createBotSender({ api, texts: deps.texts }, settings);
  const take = createTakeUpdate(deps, { api, sender });
  const secret = settings.webhookSecret;
  if (publicUrl === undefined || secret === undefined) {
    return { sender, routes: express.Router(), start: () => startPolling(deps, api, take) };
  }
  return {
    sender,
    routes: createBotWebhook(deps, secret, take),
    start() {
      const stopping = new AbortController();
      const registering = registerWebhook(deps, api, { publicUrl, secret }, stopping.signal);
      return {
        async stop() {
          stopping.abort();
          await registering;
        },
      };
    },
  };
}
