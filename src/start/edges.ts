import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { type RequestHandler, Router } from 'express';
import { CHANNELS } from '../channels/channels.js';
import { createWebchat } from '../channels/webchat/routes.js';
import { createConsole } from '../console/console.js';
import type { ReceiveMessage } from '../conversation/turn.js';
import { vietnamDay } from '../directory/vietnam-day.js';
import { JOB_NAMES } from '../jobs/job.js';
import { hashPassphrase, verifyPassphrase } from '../operations/passphrase-hash.js';
import { yearsToEnter } from '../reports/holidays.js';
import { makeMemberKey, openMemberIdentity, sealMemberIdentity } from '../reports/keys.js';
import { createAuditLog } from '../store/audit.js';
import { createCaseClocks } from '../store/case-clocks.js';
import { createCaseHolds } from '../store/case-holds.js';
import { createCaseIdentityOpener } from '../store/case-identity.js';
import { createCaseLife } from '../store/case-life.js';
import { createCaseRelations } from '../store/case-relations.js';
import { createCaseDesk } from '../store/cases.js';
import { createEvidenceAbove } from '../store/evidence-above.js';
import { createEvidenceDesk } from '../store/evidence-desk.js';
import { createHandOverSheets } from '../store/hand-over-sheets.js';
import { createReferrals } from '../store/referrals.js';
import type { ServiceCipher } from '../store/service-cipher.js';
import { createUndecidedReports } from '../store/undecided.js';
import { enqueue } from './enqueue.js';
import type { ServiceOptions } from './options.js';
import type { ReadyParts } from './parts.js';
import type { PushChannels } from './push-channels.js';
import { NotOpen } from './receive.js';

const now = (): number => Date.now();

export interface Edges {
  /** The web chat's and its API's routes and the webhooks: there from the first moment, with or without a database. */
  readonly channels: Router;
  /** The staff console; says that it waits until the database is open. */
  readonly console: RequestHandler;
  /** The database is open. */
  open(parts: ReadyParts): void;
  /** Receives nothing more. */
  stop(): Promise<void>;
}

/** The web half: channels and console, wired to the parts as soon as these are there. */
export function createEdges(
  options: ServiceOptions,
  cipher: ServiceCipher,
  receive: ReceiveMessage,
  pushChannels: PushChannels,
): Edges {
  let parts: ReadyParts | undefined;
  let staffConsole: Router | undefined;
  const { core } = options;
  const channels = Router();
  // What platforms call has no page and no session: before the web chat, whose routes stand at the root.
  for (const channel of Object.values(pushChannels)) channels.use(channel.routes);
  channels.use(webchatRouter(options, cipher, receive, () => parts));
  const receiving = Object.values(pushChannels).map((channel) => channel.start());
  return {
    channels,
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
    stop: async () => void (await Promise.all(receiving.map((each) => each.stop()))),
  };
}

function webchatRouter(
  { core, log, root }: ServiceOptions,
  cipher: ServiceCipher,
  receive: ReceiveMessage,
  parts: () => ReadyParts | undefined,
): Router {
  const assetsFolder = path.join(root, 'dist/public');
  return createWebchat({
    receive,
    contactOf: (session) => cipher.contactHash('webchat', session),
    sessionKey: cipher.derivedKey('webchat session'),
    messagesAfter: async (contact, afterId) =>
      (await parts()?.outbox.messagesAfter('webchat', contact, afterId)) ?? [],
    keepUpload: async (id, bytes) => {
      const opened = parts();
      if (!opened) throw new NotOpen();
      await opened.uploads.keep(id, bytes);
    },
    onNews: (contact, listener) => parts()?.news.onContactNews(contact, listener) ?? (() => undefined),
    forget: async (contact) => {
      const opened = parts();
      if (!opened) throw new NotOpen();
      await opened.contacts.forget('webchat', contact);
    },
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

function consoleRouter(
  { settings, core, root, log, secondStep = 'required' }: ServiceOptions,
  parts: ReadyParts,
): Router {
  const { db } = parts.database;
  const { directory, deadlines } = core;
  const files = { db, cipher: parts.cipher, now, opener: createCaseIdentityOpener(db) };
  return createConsole({
    desk: createCaseDesk({
      db,
      cipher: parts.cipher,
      ports: parts.casePorts,
      now,
      replyWindow: (channel) => CHANNELS[channel]?.replyWindow,
      replies: {
        neutralNote: () => core.texts.messages.say('push.neutral_note'),
        afterCommit: (id) => enqueue(parts.queue, log, 'deliver', id),
      },
    }),
    relations: createCaseRelations({ db, directory, rules: core.likelySame, now }),
    holds: createCaseHolds({ db, rules: core.retention, now }),
    sheets: createHandOverSheets(db, now),
    undecided: createUndecidedReports({ db, directory, deadlines, now }),
    life: createCaseLife({ db, directory: core.directory, ports: parts.casePorts, now }),
    referrals: createReferrals({ db, grounds: core.referralGrounds, ports: parts.casePorts, now }),
    grounds: core.referralGrounds,
    audit: createAuditLog(db),
    evidence: createEvidenceDesk(files),
    evidenceAbove: createEvidenceAbove({ ...files, directory }),
    staff: parts.staff,
    secondSteps: parts.secondSteps,
    secondStep,
    clocks: createCaseClocks(parts.database.db, core, now),
    onCall: parts.onCall,
    deadJobs: {
      dead: () => parts.queue.dead(),
      retry: async (name, id) => {
        const job = JOB_NAMES.find((each) => each === name);
        return job !== undefined && parts.queue.retry(job, id);
      },
      retryAll: () => parts.queue.retryAll(),
    },
    yearsToEnter: () => yearsToEnter(core.deadlines.calendar, vietnamDay(now())),
    keyring: parts.keyring,
    memberKeys: { make: makeMemberKey, open: openMemberIdentity, seal: sealMemberIdentity },
    channelAlarms: parts.channelAlarms.list,
    contentState: core.contentState,
    unknownQuestions: parts.unknownQuestions,
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
