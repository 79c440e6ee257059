import type { Directory } from '../../directory/directory.js';
import type { CaseActor } from '../case.js';
import { mayHold } from '../may-hold.js';
import type { AgreeOutcome, LookAim } from './desk.js';
import type { OpeningReason } from './rules.js';

/** Somebody of an agency below waits for a second person: who, for what and why, and nothing of the report or the file. */
export interface AskBelow {
  readonly lookId: string;
  readonly agencyId: string;
  readonly caseNumber: string;
  /** Its place among the files of the case, from 1, as its agency sees it. */
  readonly fileNumber: number;
  readonly askedBy: string;
  readonly aim: LookAim;
  readonly reason: OpeningReason;
  /** The reason in words; absent when this person's keys do not open the case. */
  readonly words?: string;
  readonly until: Date;
}

/**
 * Whether an agency may give the second person for a file of another one's case: it stands directly above, and may hold the case
 * itself. So neither an excluded agency nor one under an excluded one sees or agrees.
 */
export const mayAgreeFromAbove = (
  tree: Pick<Directory, 'agency'>,
  excluded: ReadonlySet<string>,
  ownerId: string,
  agencyId: string,
): boolean =>
  agencyId !== ownerId && tree.agency(ownerId)?.parent === agencyId && mayHold(tree, excluded, agencyId);

/**
 * The level above as the second person for a file in quarantine, for an agency that has no second one of its own there. Gives
 * nobody any copy of the file: only the person who asked opens it.
 */
export interface EvidenceAbove {
  /** How many asks of agencies below wait for somebody. */
  count(actor: CaseActor): Promise<number>;
  /** These asks, the most pressing first. That this person saw each is an event of its case, once. */
  asks(actor: CaseActor): Promise<readonly AskBelow[]>;
  /** Agrees to what somebody below asks. `not_found` when it is not, or no longer, for this agency. */
  agree(actor: CaseActor, lookId: string): Promise<AgreeOutcome>;
  /** The agency above that may give the second person for the files of an own case; undefined when none may. */
  secondFrom(actor: CaseActor, caseId: string): Promise<string | undefined>;
}
