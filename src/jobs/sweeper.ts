import type { JobQueue } from './queue.js';

const EVERY = 15_000;
/** Younger than this is normally on its way already. */
const OVERDUE_AFTER = 10_000;
const PURGE_EVERY = 900_000;
/** A missing end of the record younger than this may go unnoticed. */
const ANCHOR_EVERY = 600_000;
/** Clocks that run out within this time get a delayed job; those further off need none yet. Looked for three times as often. */
export const CLOCK_HORIZON = 30 * 60_000;
/** What has failed for good is tried once more after this; a child does not wait for an operator to wake up. */
const DEAD_REST = 10 * 60_000;

export interface SweeperParts {
  readonly queue: Pick<JobQueue, 'add' | 'retryRested'>;
  readonly overdueMessages: (before: Date) => Promise<{ id: string; urgent: boolean }[]>;
  /** What was written at an hour the reporter does not want, and may go now; ids of the messages. */
  readonly releaseDeferred: (now: Date) => Promise<string[]>;
  /** Talks whose time to be woken has come. */
  readonly dueTalks: (now: Date) => Promise<string[]>;
  readonly overdueFiles: (before: Date) => Promise<string[]>;
  readonly overdueRetractions: (before: Date) => Promise<string[]>;
  readonly waitingReports: (before: Date) => Promise<string[]>;
  /** Cases in which something is to be told now. */
  readonly dueCases: (now: Date) => Promise<string[]>;
  readonly upcomingCases: (now: Date, until: Date) => Promise<{ caseId: string; at: Date }[]>;
  readonly overdueRings: (before: Date) => Promise<string[]>;
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
  const every = (milliseconds: number, work: (now: number) => Promise<unknown>): (() => Promise<void>) => {
    let last = Number.NEGATIVE_INFINITY;
    return async () => {
      const now = parts.now();
      // A clock that was set back must not stop the beat.
      if (now >= last && now - last < milliseconds) return;
      await work(now);
      last = now;
    };
  };
  const purge = every(PURGE_EVERY, async (now) => {
    await parts.purge(new Date(now));
    for (const id of await parts.casesToErase()) await parts.queue.add('erase', id);
  });
  const anchor = every(ANCHOR_EVERY, (now) => parts.anchor(new Date(now)));
  const planAhead = every(CLOCK_HORIZON / 3, async (now) => {
    const upcoming = await parts.upcomingCases(new Date(now), new Date(now + CLOCK_HORIZON));
    for (const { caseId, at } of upcoming) await parts.queue.add('clock', caseId, undefined, at.getTime());
  });
  const retryDead = every(DEAD_REST / 2, (now) => parts.queue.retryRested(now - DEAD_REST));
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
    for (const id of await parts.dueCases(new Date(parts.now()))) await parts.queue.add('clock', id, 1);
    for (const id of await parts.overdueRings(before)) await parts.queue.add('ring', id);
    await planAhead();
    await retryDead();
    await purge();
    await anchor();
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
