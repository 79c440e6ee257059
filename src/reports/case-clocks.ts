import type { ChannelName } from '../conversation/message.js';
import type { CaseActor } from './case.js';
import type { CaseStep } from './case-moments.js';
import type { ClockRule } from './deadlines.js';
import type { RingReason, RingState } from './ringing.js';

/** A clock of a case, as staff see it. */
export interface ClockLine {
  /** Id in data/deadlines.yaml. */
  readonly clock: string;
  readonly dueAt: Date;
  readonly atOnce: boolean;
  /** When it was done. */
  readonly stoppedAt?: Date;
  readonly missedAt?: Date;
  readonly basis: ClockRule['basis'];
  /** Years whose announced holidays nobody has entered: the end may be a day too early. */
  readonly provisional: readonly number[];
}

export interface StepLine {
  readonly step: CaseStep;
  readonly at: Date;
  readonly staffName: string;
}

/** A call to somebody about this case. */
export interface RingLine {
  readonly id: string;
  readonly reason: RingReason;
  readonly state: RingState;
  readonly at: Date;
  readonly agencyId: string;
  /** Absent: an address of the web. */
  readonly staffName?: string;
  readonly channel?: ChannelName;
  readonly code?: string;
}

/** A missed deadline, for those who answer for it. */
export interface MissedLine {
  readonly caseId: string;
  readonly number: string;
  /** The agency that has the case. */
  readonly agencyId: string;
  readonly clock: string;
  readonly dueAt: Date;
}

export type StepOutcome = 'done' | 'not_found' | 'not_yours' | 'closed';

/** The clocks of cases, for the console. Each call answers only for the actor's own agency. */
export interface CaseClocks {
  ofCase(
    actor: CaseActor,
    caseId: string,
  ): Promise<
    | {
        readonly clocks: readonly ClockLine[];
        readonly steps: readonly StepLine[];
        readonly rings: readonly RingLine[];
      }
    | undefined
  >;
  /** Only the member who has the case. Noted once; noting it again changes nothing. */
  noteStep(actor: CaseActor, caseId: string, step: CaseStep): Promise<StepOutcome>;
  /** Takes back a step noted by mistake: its clock runs again. */
  withdrawStep(actor: CaseActor, caseId: string, step: CaseStep): Promise<StepOutcome>;
  /** Deadlines that were missed and are still not done: of the agency's own cases, and of cases below it that it was told of. */
  missed(
    actor: CaseActor,
  ): Promise<{ readonly own: readonly MissedLine[]; readonly below: readonly MissedLine[] }>;
}
