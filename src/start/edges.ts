import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { RequestHandler, Router } from 'express';
import { createWebchat } from '../channels/webchat/routes.js';
import { createConsole } from '../console/console.js';
import { createReceiveMessage } from '../conversation/take-turn.js';
import type { JobName, JobPriority } from '../jobs/job.js';
import type { JobQueue } from '../jobs/queue.js';
import type { Log } from '../operations/log.js';
import type { Metrics } from '../operations/metrics.js';
import { hashPassphrase, verifyPassphrase } from '../operations/passphrase-hash.js';
import { createCaseDesk } from '../store/cases.js';
import type { ServiceCipher } from '../store/service-cipher.js';
import type { ServiceOptions } from './options.js';
import type { ReadyParts } from './parts.js';

const CARD_PATIENCE = 800;
const now = (): number => Date.now();

export interface Edges {
  /** The web chat's and its API's routes: there from the first moment, with or without a database. */
  readonly webchat: Router;
  /** The staff console; says that it waits until the database is open. */
  readonly console: RequestHandler;
  /** The database is open. */
  open(parts: ReadyParts): void;
}

/** The web half: channels and console, wired to the parts as soon as these are there. */
export function createEdges(options: ServiceOptions, cipher: ServiceCipher, metrics: Metrics): Edges {
  let parts: ReadyParts | undefined;
  let staffConsole: Router | undefined;
  const { core } = options;
  return {
    webchat: webchatRouter(options, cipher, metrics, () => parts),
    console: (request, response, next) => {
      if (staffConsole) {
        staffConsole(request, response, next);
        return;
      }
      response
        .status(503)
        .set({ 'Retry-After': '3', 'Cache-Control': 'no-store' })
        .type('text/plain')
        .send(core.texts.terminal.say('start.console_not_ready'));
    },
    open(opened) {
      parts = opened;
      staffConsole = consoleRouter(options, opened);
    },
  };
}

/** The database is not open yet. */
export class NotOpen extends Error {
  readonly code = 'store_not_open';
}

/** After a commit: puts a job in without waiting. A queue that is away loses nothing, the sweeper finds it. */
function enqueue(queue: JobQueue, log: Log, job: JobName, id: string, priority?: JobPriority): void {
  queue
    .add(job, id, priority)
    .catch((error: unknown) => log.warn({ job, error }, 'not queued; the sweeper will'));
}

function webchatRouter(
  { core, log, root }: ServiceOptions,
  cipher: ServiceCipher,
  metrics: Metrics,
  parts: () => ReadyParts | undefined,
): Router {
  const assetsFolder = path.join(root, 'dist/public');
  const need = (): ReadyParts => {
    const opened = parts();
    if (!opened) throw new NotOpen();
    return opened;
  };
  const receive = createReceiveMessage({
    engine: core.engine,
    understanding: core.understanding,
    store: { takeTurn: async (incoming, at, work) => need().turns.takeTurn(incoming, at, work) },
    now,
    newId: randomUUID,
    cardPatience: CARD_PATIENCE,
    afterCommit: ({ reports, outboxIds }) => {
      const { queue } = need();
      for (const { id, urgency } of reports)
        enqueue(queue, log, 'dispatch', id, urgency === 'urgent' ? 1 : 2);
      for (const id of outboxIds) enqueue(queue, log, 'deliver', id);
    },
    observe: (turn) => {
      metrics.turn(turn);
      if (turn.error !== undefined)
        log.error({ channel: turn.channel, error: turn.error }, 'turn not stored');
    },
  });
  return createWebchat({
    receive,
    contactOf: (session) => cipher.contactHash('webchat', session),
    sessionKey: cipher.derivedKey('webchat session'),
    messagesAfter: async (contact, afterId) =>
      (await parts()?.outbox.messagesAfter('webchat', contact, afterId)) ?? [],
    onNews: (contact, listener) => parts()?.news.onContactNews(contact, listener) ?? (() => undefined),
    forget: async (contact) => need().outbox.forget('webchat', contact),
    directory: core.directory,
    texts: core.texts.webchat,
    now,
    newId: randomUUID,
    randomBytes,
    log,
    assetsFolder,
    fontsFolder: path.join(assetsFolder, 'fonts'),
  });
}

function consoleRouter({ settings, core, root, log }: ServiceOptions, parts: ReadyParts): Router {
  return createConsole({
    desk: createCaseDesk({
      db: parts.database.db,
      cipher: parts.cipher,
      now,
      replies: {
        neutralNote: () => core.texts.messages.say('push.neutral_note'),
        afterCommit: (id) => enqueue(parts.queue, log, 'deliver', id),
      },
    }),
    staff: parts.staff,
    directory: core.directory,
    texts: core.texts.console,
    now,
    newId: randomUUID,
    randomBytes,
    hashPassphrase,
    verifyPassphrase,
    onQueueChange: parts.news.onQueueChange,
    secureCookies: settings.publicUrl?.startsWith('https:') ?? false,
    log,
    assetsFolder: path.join(root, 'dist/public'),
  });
}
