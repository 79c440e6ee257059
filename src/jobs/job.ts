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

export const JOB_NAMES = [
  'clock',
  'deliver',
  'dispatch',
  'erase',
  'fetch',
  'retract',
  'ring',
  'wake',
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** Tries in all, with growing pauses, before a job is dead: shown to operators, and tried again only now and then. */
export const ATTEMPTS: Readonly<Record<JobName, number>> = {
  clock: 6,
  deliver: 10,
  dispatch: 8,
  erase: 5,
  fetch: 6,
  retract: 10,
  // The next round of rings is only minutes away.
  ring: 4,
  wake: 3,
};

/** Lower is sooner (BullMQ's order). */
export type JobPriority = 1 | 2;
