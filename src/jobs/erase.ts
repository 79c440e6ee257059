import type { RetentionState } from '../reports/retention.js';
import type { Job } from './job.js';

type Outcome = 'erased' | 'gone' | RetentionState['kind'];

/** Deletes the content of one closed case when its time has come; whatever speaks against it since is asked again. */
export const eraseJob = (parts: {
  readonly erase: (caseId: string) => Promise<Outcome>;
  readonly observe: (outcome: Outcome) => void;
}): Job => ({
  name: 'erase',
  concurrency: 1,
  async run(caseId) {
    parts.observe(await parts.erase(caseId));
    return undefined;
  },
});
