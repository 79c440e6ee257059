import { CHANNELS } from '../channels/channels.js';
import type { TurnStore } from '../conversation/turn-store.js';
import { createJobQueue, type JobQueue } from '../jobs/queue.js';
import { createCodeLookup } from '../reports/code-lookup.js';
import type { ChatBinding, OnCallBook } from '../staff/on-call.js';
import type { SecondSteps } from '../staff/second-step.js';
import type { StaffDirectory } from '../staff/staff.js';
import { type CasePorts, createCasePorts } from '../store/case-ports.js';
import { type ChannelAlarms, createChannelAlarms } from '../store/channel-alarms.js';
import { createChannelNotes } from '../store/channel-notes.js';
import { type Contacts, createContacts } from '../store/contacts.js';
import type { Database } from '../store/database.js';
import { createDeliveries, type Deliveries } from '../store/deliveries.js';
import { createEvidenceStore, type EvidenceStore } from '../store/evidence.js';
import { createKeyring } from '../store/keyring.js';
import { createLeaseRows, type LeaseRows } from '../store/leases.js';
import { type News, subscribeToNews } from '../store/news.js';
import { createOnCall } from '../store/on-call.js';
import { openStore } from '../store/open-store.js';
import { createOutbox, type Outbox } from '../store/outbox.js';
import { ensureRecoveryKey } from '../store/recovery-keys.js';
import { createRetractions, type Retractions } from '../store/retractions.js';
import { createSecondSteps } from '../store/second-steps.js';
import { installationSecret } from '../store/secrets.js';
import type { ServiceCipher } from '../store/service-cipher.js';
import { createStaffDirectory } from '../store/staff.js';
import { createTurnStore } from '../store/turns.js';
import { createUnknownQuestions } from '../store/unknown-questions.js';
import { createUploads, type Uploads } from '../store/uploads.js';
import type { UnknownQuestions } from '../understanding/unknown-question.js';
import { enqueue } from './enqueue.js';
import type { ServiceOptions } from './options.js';

/** What is there once the database is open. */
export interface ReadyParts {
  readonly database: Database;
  readonly cipher: ServiceCipher;
  readonly staff: StaffDirectory;
  readonly casePorts: CasePorts;
  readonly secondSteps: SecondSteps;
  readonly outbox: Outbox;
  readonly news: News;
  readonly queue: JobQueue;
  readonly turns: TurnStore;
  readonly deliveries: Deliveries;
  readonly contacts: Contacts;
  readonly retractions: Retractions;
  readonly evidence: EvidenceStore;
  readonly uploads: Uploads;
  readonly channelNotes: ReturnType<typeof createChannelNotes>;
  readonly channelAlarms: ChannelAlarms;
  readonly leaseRows: LeaseRows;
  readonly unknownQuestions: UnknownQuestions;
  readonly onCall: OnCallBook & ChatBinding;
  readonly keyring: ReturnType<typeof createKeyring>;
}

/** Opens the database (waiting for a server that is away) and everything that stands on it. */
export async function openParts(
  { settings, core, root, log, tellRecoveryKey }: ServiceOptions,
  cipher: ServiceCipher,
  signal: AbortSignal,
): Promise<ReadyParts> {
  const database = await openStore({
    root,
    dataDir: settings.dataDir,
    databaseUrl: settings.databaseUrl,
    log,
    signal,
  });
  if (!database) throw new StoppedWhileWaiting();
  await ensureRecoveryKey(database.db, tellRecoveryKey);
  const codeLookup = createCodeLookup(await installationSecret(database.db, cipher, 'code-salt'));
  const queue = createJobQueue({
    backend: settings.redisUrl
      ? { kind: 'redis', url: settings.redisUrl }
      : { kind: 'postgres', pool: database.bullPool },
    onFault: ({ job, id, error }) => log.warn({ job, id, error }, 'job or queue fault'),
    onDead: ({ job, id, code, tries }) =>
      log.error({ job, id, code, attempt: tries }, 'a job does not run; it is on the list of dead jobs'),
  });
  const { db } = database;
  const now = (): number => Date.now();
  return {
    database,
    cipher,
    queue,
    staff: createStaffDirectory(db),
    casePorts: createCasePorts(core.directory, core.deadlines),
    secondSteps: createSecondSteps(db, cipher, await installationSecret(db, cipher, 'recovery-codes')),
    outbox: createOutbox(db, cipher, now),
    deliveries: createDeliveries(db, cipher, now),
    contacts: createContacts(db),
    retractions: createRetractions(db, cipher),
    evidence: createEvidenceStore(db, cipher, now),
    uploads: createUploads(db, cipher, now),
    channelNotes: createChannelNotes(db, cipher),
    channelAlarms: createChannelAlarms(db, now),
    leaseRows: createLeaseRows(db, now),
    unknownQuestions: createUnknownQuestions(db, cipher, now, (error) =>
      log.warn({ error }, 'unknown questions of the last minutes are lost'),
    ),
    onCall: createOnCall(db, cipher, now),
    keyring: createKeyring({
      db,
      directory: core.directory,
      now,
      dispatch: (reportId) => enqueue(queue, log, 'dispatch', reportId),
      onFault: (work, error) => log.warn({ work: work.split(' ')[0], error }, 'work on keys not finished'),
    }),
    news: await subscribeToNews(database),
    turns: createTurnStore({
      db: database.db,
      cipher,
      codeLookup,
      directory: core.directory,
      answersInPlace: (channel) => CHANNELS[channel]?.reachesAway === false,
      onLostTalk: (error) => log.warn({ error }, 'a stored talk could not be opened; it begins fresh'),
    }),
  };
}

/** The service was stopped while it waited for the database. */
export class StoppedWhileWaiting extends Error {
  readonly code = 'stopped';
}
