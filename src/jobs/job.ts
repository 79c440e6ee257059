/**
 * A job: work that happens after a commit, outside any request. Its payload is ids, never content; running it twice is
 * harmless. One file a job.
 */
export interface Job {
  readonly name: JobName;
  /** How many run at once in one process. */
  readonly concurrency: number;
  /**
   * Does the work for one id. A rejection is tried again with growing pauses; a pause asked for (`Again`) counts as no try.
   * @param lastTry whether a rejection now is the end of this job
   */
  run(id: string, lastTry: boolean): Promise<Again | undefined>;
}

/** Not now: run the same job again after so many milliseconds. */
export interface Again {
  readonly againIn: number;
}

export const JOB_NAMES = ['deliver', 'dispatch', 'erase', 'fetch', 'retract', 'wake'] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** Tries in all before a job is left to the sweeper, which puts it in again. */
export const ATTEMPTS: Readonly<Record<JobName, number>> = {
  deliver: 10,
  dispatch: 8,
  erase: 5,
  fetch: 6,
  retract: 10,
  wake: 3,
};

/** Lower is sooner (BullMQ's order). */
export type JobPriority = 1 | 2;
