import type { ZaloSettings } from '../../settings.js';
import type { PushChannel, PushChannelDeps } from '../push-channel.js';
import { createAlarms } from './alarms.js';
import { createApi } from './api.js';
import { fetchFile } from './fetch.js';
import { seedHash } from './grant.js';
import { createAsk, createHttp } from './http.js';
import { keepGrant } from './keep-grant.js';
import { createOa } from './oa.js';
import { createSender } from './sender.js';
import { createTakeEvent } from './take-event.js';
import { createTokens } from './tokens.js';
import { createUploads } from './uploads.js';
import { webhookRoutes } from './webhook.js';

const MINUTE = 60_000;

/** The Zalo Official Account, at work. Speaks to nobody before it is asked to. */
export function createZalo(deps: PushChannelDeps & { readonly settings: ZaloSettings }): PushChannel {
  const { settings, notes, leases, log, texts } = deps;
  const now = () => deps.now();
  const http = createHttp();
  const ask = createAsk(http);
  const alarms = createAlarms((code) => deps.alarm(code));
  const warn = onceAMinute(deps);
  const seed = seedHash(settings.refreshToken);

  const tokens = createTokens({
    oauth: { ask, ...settings },
    seed: settings.refreshToken,
    notes,
    leases,
    alarms,
    log,
    now,
  });
  const api = createApi({
    ask,
    tokens,
    notes,
    apiRoot: settings.apiRoot,
    appSecret: settings.appSecret,
    now,
  });
  const oa = createOa({ api, notes, log, seed });
  const uploads = createUploads({ api, notes, folder: deps.attachmentsFolder, seed, now });
  const sender = {
    ...createSender({ api, oa, uploads, alarms, texts, log, now }),
    fetch: (source: string, signal: AbortSignal) => fetchFile(http, settings.apiRoot, source, signal),
  };
  const oaId = () => oa.id();
  const take = createTakeEvent({ deps, sender, appId: settings.appId, oaId, warn });

  return {
    sender,
    routes: webhookRoutes({ deps, keys: settings, siteCode: settings.siteCode, take, oaId, warn }),
    start() {
      if (deps.publicUrl === undefined) {
        warn('no_public_url', 'without PUBLIC_URL Zalo has no address to bring messages to');
      }
      return keepGrant({ tokens, oa });
    },
  };
}

/** What a stream of bad events would otherwise say a thousand times. */
function onceAMinute(deps: PushChannelDeps): (code: string, message: string) => void {
  const last = new Map<string, number>();
  return (code, message) => {
    const at = deps.now();
    if (at - (last.get(message) ?? -MINUTE) < MINUTE) return;
    last.set(message, at);
    deps.log.warn({ channel: 'zalo', code }, message);
  };
}
