import type { CaseActor } from './case.js';
import type { HoldReason } from './retention.js';

export interface CaseHold {
  readonly reason: HoldReason;
  readonly setAt: Date;
  readonly setByName: string;
}

/** How long a case's content stays, for the people who handle it. */
export interface CaseKeeping {
  readonly hold?: CaseHold;
  /** The day the content may be deleted as things stand; absent while the case is open. */
  readonly until?: Date;
}

/** Holds: a case that must not be deleted although its time has come. Each act is an event of the case. */
export interface CaseHolds {
  /** Of one case of the actor's own agency. */
  of(actor: CaseActor, caseId: string): Promise<CaseKeeping | undefined>;
  /** Sets it; nothing changes when one is set already. False when there is no such case. */
  set(actor: CaseActor, caseId: string, reason: HoldReason): Promise<boolean>;
  /** Lifts it; nothing changes when there is none. False when there is no such case. */
  lift(actor: CaseActor, caseId: string): Promise<boolean>;
}
