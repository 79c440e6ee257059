import { CHANNELS } from '../channels/channels.js';
import type { TurnStore } from '../conversation/turn-store.js';
import { createJobQueue, type JobQueue } from '../jobs/queue.js';
import { createCodeLookup } from '../reports/code-lookup.js';
import type { StaffDirectory } from '../staff/staff.js';
import type { Database } from '../store/database.js';
import { type News, subscribeToNews } from '../store/news.js';
import { openStore } from '../store/open-store.js';
import { createOutbox, type Outbox } from '../store/outbox.js';
import { installationSecret } from '../store/secrets.js';
import type { ServiceCipher } from '../store/service-cipher.js';
import { createStaffDirectory } from '../store/staff.js';
import { createTurnStore } from '../store/turns.js';
import type { ServiceOptions } from './options.js';

/** What is there once the database is open. */
export interface ReadyParts {
  readonly database: Database;
  readonly cipher: ServiceCipher;
  readonly staff: StaffDirectory;
  readonly outbox: Outbox;
  readonly news: News;
  readonly queue: JobQueue;
  readonly turns: TurnStore;
}

/** Opens the database (waiting for a server that is away) and everything that stands on it. */
export async function openParts(
  { settings, root, log }: ServiceOptions,
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
  const codeLookup = createCodeLookup(await installationSecret(database.db, cipher, 'code-salt'));
  const queue = createJobQueue({
    backend: settings.redisUrl
      ? { kind: 'redis', url: settings.redisUrl }
      : { kind: 'postgres', pool: database.bullPool },
    onFault: ({ job, id, error }) => log.warn({ job, id, error }, 'job or queue fault'),
  });
  return {
    database,
    cipher,
    queue,
    staff: createStaffDirectory(database.db),
    outbox: createOutbox(database.db, cipher, () => Date.now()),
    news: await subscribeToNews(database),
    turns: createTurnStore({
      db: database.db,
      cipher,
      codeLookup,
      answersInPlace: (channel) => CHANNELS[channel]?.reachesAway === false,
      onLostTalk: (error) => log.warn({ error }, 'a stored talk could not be opened; it begins fresh'),
    }),
  };
}

/** The service was stopped while it waited for the database. */
export class StoppedWhileWaiting extends Error {
  readonly code = 'stopped';
}
