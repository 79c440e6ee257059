import type { JobQueue } from './queue.js';

const EVERY = 15_000;
/** Younger than this is normally on its way already. */
const OVERDUE_AFTER = 10_000;
const PURGE_EVERY = 3_600_000;
/** A missing end of the record younger than this may go unnoticed. */
const ANCHOR_EVERY = 600_000;

export interface SweeperParts {
  readonly queue: Pick<JobQueue, 'add'>;
  readonly overdueMessages: (before: Date) => Promise<{ id: string; urgent: boolean }[]>;
  /** What was written at an hour the reporter does not want, and may go now; ids of the messages. */
  readonly releaseDeferred: (now: Date) => Promise<string[]>;
  /** Talks whose time to be woken has come. */
  readonly dueTalks: (now: Date) => Promise<string[]>;
  readonly overdueFiles: (before: Date) => Promise<string[]>;
  readonly overdueRetractions: (before: Date) => Promise<string[]>;
  readonly waitingReports: (before: Date) => Promise<string[]>;
  readonly purge: (now: Date) => Promise<void>;
  /** Cases whose content has lain as long as it should. */
  readonly casesToErase: () => Promise<string[]>;
  /** Says in the database, and in the log, how far the record goes. */
  readonly anchor: (now: Date) => Promise<void>;
  readonly now: () => number;
  readonly onFault: (fault: { job: string; error: unknown }) => void;
}

/**
 * Makes good what a crash or an absent queue left behind: puts committed reports and messages that nobody works on back
 * into the queue. Adding one that is already there does nothing. A plain timer of each worker process, so that it needs
 * no queue to notice that the queue lost something.
 */
export function startSweeper(parts: SweeperParts): { sweep(): Promise<void>; stop(): Promise<void> } {
  let lastPurge = 0;
  let lastAnchor = 0;
  let running: Promise<void> = Promise.resolve();

  const sweep = async (): Promise<void> => {
    const before = new Date(parts.now() - OVERDUE_AFTER);
    for (const id of await parts.waitingReports(before)) await parts.queue.add('dispatch', id, 1);
    for (const { id, urgent } of await parts.overdueMessages(before))
      await parts.queue.add('deliver', id, urgent ? 1 : 2);
    for (const id of await parts.releaseDeferred(new Date(parts.now())))
      await parts.queue.add('deliver', id, 2);
    for (const id of await parts.dueTalks(new Date(parts.now()))) await parts.queue.add('wake', id);
    for (const id of await parts.overdueRetractions(before)) await parts.queue.add('retract', id);
    for (const id of await parts.overdueFiles(before)) await parts.queue.add('fetch', id);
    if (parts.now() - lastPurge >= PURGE_EVERY) {
      lastPurge = parts.now();
      await parts.purge(new Date(lastPurge));
      for (const id of await parts.casesToErase()) await parts.queue.add('erase', id);
    }
    if (parts.now() - lastAnchor >= ANCHOR_EVERY) {
      lastAnchor = parts.now();
      await parts.anchor(new Date(lastAnchor));
    }
  };
  const guarded = (): Promise<void> => {
    running = running.then(sweep).catch((error: unknown) => parts.onFault({ job: 'sweeper', error }));
    return running;
  };
  const timer = setInterval(guarded, EVERY);
  void guarded();
  return {
    sweep: guarded,
    stop: async () => {
      clearInterval(timer);
      await running;
      await parts
        .anchor(new Date(parts.now()))
        .catch((error: unknown) => parts.onFault({ job: 'anchor', error }));
    },
  };
}
