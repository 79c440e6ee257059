import type { KnockOutcome } from '../store/knock.js';
import type { Job } from './job.js';

export interface ClockJobParts {
  readonly knock: (caseId: string) => Promise<KnockOutcome>;
  /** Puts the rings in, and the next knock when it is near. */
  readonly afterKnock: (caseId: string, outcome: KnockOutcome) => void;
}

/** Looks at one case whose time has come. A knock and no more: what is due, and whether it was told already, its rows say. */
export const clockJob = (parts: ClockJobParts): Job => ({
  name: 'clock',
  concurrency: 4,
  async run(caseId) {
    parts.afterKnock(caseId, await parts.knock(caseId));
    return undefined;
  },
});
