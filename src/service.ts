import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { vietnamDay } from './directory/vietnam-day.js';
import { createHealthRoutes } from './operations/health.js';
import { createMetrics } from './operations/metrics.js';
import { keptServiceKey } from './operations/service-keys.js';
import { createEdges } from './start/edges.js';
import { confirmLink, withLinkWords } from './start/link-words.js';
import type { ServiceOptions } from './start/options.js';
import { openParts, type ReadyParts } from './start/parts.js';
import { createPushChannels, type PushChannels } from './start/push-channels.js';
import { createReceive, NotOpen } from './start/receive.js';
import { startWork } from './start/work.js';
import { countWaitingReports } from './store/dispatch.js';
import { createServiceCipher } from './store/service-cipher.js';

export interface Service {
  /** The port it listens on (the one the system chose when the setting was 0). */
  readonly port: number;
  /** Resolves when the database is open and the queue runs; rejects when it never can. */
  readonly ready: Promise<ReadyParts>;
  /** Stops taking, finishes turns and jobs, closes. Safe to call twice. */
  stop(): Promise<void>;
}

/** Pages that listen for news hold their connection open; after this they are cut and come back by themselves. Milliseconds. */
const OPEN_CONNECTIONS_LIMIT = 1500;
/** How often it is looked whether the day has changed, milliseconds. */
const RENEW_EVERY = 10 * 60_000;

/**
 * Wires the service together. Listening begins at once, so that a message in danger gets its card while the database
 * is still away; everything that needs the database joins when it is open.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { settings, log } = options;
  const cipher = createServiceCipher(settings.serviceKeys ?? keptServiceKey(settings.dataDir));
  const stopping = new AbortController();
  let opened: ReadyParts | undefined;
  const need = (): ReadyParts => {
    if (!opened) throw new NotOpen();
    return opened;
  };
  const metrics = createMetrics(async () => readLevels(need()));
  const checks = { database: async () => need().database.ping(), queue: async () => need().queue.ping() };
  const receive = withLinkWords(createReceive(options, metrics, need), {
    binding: () => need().onCall,
    confirm: (channel, address) => void confirmLink(options, channels[channel], address),
    log,
  });
  const channels: PushChannels = await createPushChannels({ options, cipher, metrics, receive, need });
  const edges = settings.role === 'worker' ? undefined : createEdges(options, cipher, receive, channels);

  const app = express();
  app.disable('x-powered-by');
  // The proxy in front, if any, is on this machine or a private network; an address is only ever used for rate limits.
  app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  app.use(createHealthRoutes(checks, metrics));
  if (edges) app.use('/console', edges.console).use(edges.channels);
  const server = createServer(app);
  await listen(server, settings.port, settings.host);

  const work: { stop(): Promise<void> }[] = [];
  const ready = openParts(options, cipher, stopping.signal).then(async (parts) => {
    opened = parts;
    edges?.open(parts);
    if (settings.role !== 'web') work.push(await startWork(options, parts, metrics, channels));
    log.info({ role: settings.role }, 'ready');
    return parts;
  });
  ready.catch(() => undefined);

  const stop = async (): Promise<void> => {
    stopping.abort();
    clearInterval(renewing);
    await edges?.stop();
    await closeServer(server);
    const parts = await ready.catch(() => undefined);
    await Promise.all(work.map((each) => each.stop()));
    // Hints for content staff: a database that is away holds up no stop.
    await parts?.unknownQuestions.flush().catch(() => undefined);
    await parts?.keyring.close();
    await parts?.queue.close();
    await parts?.database.close();
    log.info({}, 'stopped');
  };
  const renewing = setInterval(() => {
    if (options.core.renew(vietnamDay(Date.now()))) log.info({}, 'a new day: answers read anew');
  }, RENEW_EVERY).unref();
  let stopped: Promise<void> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    ready,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function readLevels({ database, queue, channelAlarms, onCall }: ReadyParts) {
  return {
    reports: await countWaitingReports(database.db),
    jobsWaiting: await queue.counts(),
    jobsDead: await queue.deadCounts(),
    casesUnreached: (await onCall.unreached()).length,
    alarms: await channelAlarms.list(),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), OPEN_CONNECTIONS_LIMIT);
  await closed;
  clearTimeout(cut);
}
