import type { CaseActor, QueueRow, WriteOutcome } from './case.js';
import type { LookRow } from './case-events.js';
import type { GiveBackReason, HandBackReason, ReopenReason } from './case-moves.js';

/** A member of the agency who can be given a case. */
export interface Colleague {
  readonly staffId: string;
  readonly name: string;
}

/** A case from afar. */
export interface Glance extends QueueRow {
  /** Place of the last event that was more than a look; grows whenever something happens. */
  readonly lastNews: number;
}

/** What became of a move: that of every writing, and `no_such_colleague`, or that no level above can receive the case. */
export type MoveOutcome = WriteOutcome | { kind: 'no_such_colleague' } | { kind: 'nobody_above' };

/** How a case goes on at its agency. The rules are case-moves.ts; each act is an event of the case, each refusal has its outcome. */
export interface CaseLife {
  /** The child is being assessed, or helped. */
  move(actor: CaseActor, caseId: string, to: 'assess' | 'support'): Promise<MoveOutcome>;
  /** Gives the case to a colleague of the same agency who works with cases. */
  handOver(actor: CaseActor, caseId: string, colleagueId: string): Promise<MoveOutcome>;
  /** Puts it back into the agency's queue. The time to accept still runs from the report. */
  giveBack(actor: CaseActor, caseId: string, reason: GiveBackReason): Promise<MoveOutcome>;
  /**
   * Gives the case to the nearest level above that has staff and is not excluded. After a conflict of interest this agency is
   * excluded from it for good, with everything it had been opened to.
   */
  handBack(actor: CaseActor, caseId: string, reason: HandBackReason): Promise<MoveOutcome>;
  /** Opens a closed case again; whoever does so holds it. */
  reopen(actor: CaseActor, caseId: string, reason: ReopenReason): Promise<MoveOutcome>;
  /** A note for staff; also of a cooperating agency, also after closing. Harmless when sent twice with one `noteId` (a UUID). */
  note(actor: CaseActor, caseId: string, text: string, noteId: string): Promise<WriteOutcome>;
  /** Who else of the agency can hold a case, by name. */
  colleagues(actor: CaseActor): Promise<readonly Colleague[]>;
  /** The line of the queue for one case this agency may see, without looking into it. */
  glance(actor: CaseActor, caseId: string): Promise<Glance | undefined>;
  /** Who looked into cases that are now this agency's, since then; newest first, at most 500 lines. */
  looks(actor: CaseActor, since: Date): Promise<readonly LookRow[]>;
}
