import { JOB_NAMES, type JobName } from './job.js';
import { causeOf } from './job-fault.js';

/** A job that has failed for good. */
export interface DeadJob {
  readonly job: JobName;
  /** Of what it was to work on. */
  readonly id: string;
  /** Why the last try failed. */
  readonly code: string;
  readonly tries: number;
  /** Since when it is wanted. */
  readonly since: Date;
  readonly lastTried: Date;
}

/**
 * What failed for good. It lies in the queue's own list of failed jobs, where it also keeps its id: the sweeper, which puts in
 * again whatever is not done, cannot put it in a second time.
 */
export interface DeadJobs {
  /** The oldest first; at most `limit` (200) of each kind. */
  dead(limit?: number): Promise<DeadJob[]>;
  deadCounts(): Promise<Record<JobName, number>>;
  /** Gives one job all its tries again. False when it is not dead (any more). */
  retry(job: JobName, id: string): Promise<boolean>;
  /** The same for all; resolves with how many. */
  retryAll(): Promise<number>;
  /** One more try for each that was last tried before this time (milliseconds since 1970); what fails is dead again at once. */
  retryRested(before: number): Promise<number>;
}

/** A failed job of BullMQ, as far as it is used here. */
export interface DeadTask {
  readonly data: { readonly id: string };
  readonly attemptsMade: number;
}

interface FailedTask extends DeadTask {
  readonly failedReason?: string | null;
  readonly timestamp: number;
  readonly finishedOn?: number | null;
  retry(
    state: 'failed',
    options: { resetAttemptsMade: boolean; resetAttemptsStarted: boolean },
  ): Promise<void>;
}

interface Failed {
  getFailed(start: number, end: number): Promise<unknown[]>;
  getJobCountByTypes(type: 'failed'): Promise<number>;
}

/** Listed at once when all are wanted; more are found by asking again. */
const BATCH = 500;

export function deadJobs(queues: Readonly<Record<JobName, Failed>>): DeadJobs {
  const failed = async (job: JobName, limit: number): Promise<FailedTask[]> =>
    (await queues[job].getFailed(0, limit - 1)) as FailedTask[];
  /** Of two who try the same again one wins; for the other it is no longer dead. */
  const again = async (task: FailedTask, anew: boolean): Promise<boolean> =>
    task.retry('failed', { resetAttemptsMade: anew, resetAttemptsStarted: anew }).then(
      () => true,
      () => false,
    );
  const retryThose = async (fits: (task: FailedTask) => boolean, anew: boolean): Promise<number> => {
    let moved = 0;
    for (const job of JOB_NAMES)
      for (const task of (await failed(job, BATCH)).filter(fits)) if (await again(task, anew)) moved += 1;
    return moved;
  };
  return {
    async dead(limit = 200) {
      const lists = await Promise.all(
        JOB_NAMES.map(async (job) => (await failed(job, limit)).map((task) => toDeadJob(job, task))),
      );
      return lists.flat().sort((one, other) => one.since.getTime() - other.since.getTime());
    },
    async deadCounts() {
      const entries = await Promise.all(
        JOB_NAMES.map(async (job) => [job, await queues[job].getJobCountByTypes('failed')] as const),
      );
      return Object.fromEntries(entries) as Record<JobName, number>;
    },
    async retry(job, id) {
      const tasks = (await failed(job, BATCH)).filter(({ data }) => data.id === id);
      const moved = await Promise.all(tasks.map((task) => again(task, true)));
      return moved.includes(true);
    },
    retryAll: () => retryThose(() => true, true),
    retryRested: (before) => retryThose(({ finishedOn }) => (finishedOn ?? 0) < before, false),
  };
}

const toDeadJob = (job: JobName, task: FailedTask): DeadJob => ({
  job,
  id: task.data.id,
  code: causeOf(task.failedReason),
  tries: task.attemptsMade,
  since: new Date(task.timestamp),
  lastTried: new Date(task.finishedOn ?? task.timestamp),
});
