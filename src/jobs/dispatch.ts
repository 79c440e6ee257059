import type { DispatchOutcome } from '../store/dispatch.js';
import type { Job } from './job.js';

/** Puts one report on the desk of the competent agency. */
export function dispatchJob(parts: {
  readonly dispatch: (reportId: string) => Promise<DispatchOutcome>;
  readonly observe: (outcome: DispatchOutcome, reportId: string) => void;
}): Job {
  return {
    name: 'dispatch',
    concurrency: 4,
    async run(reportId) {
      // A report that finds nobody stays waiting; the sweeper tries it again, and an operator sees the count.
      parts.observe(await parts.dispatch(reportId), reportId);
      return undefined;
    },
  };
}
