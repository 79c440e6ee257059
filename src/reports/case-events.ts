import type { CaseEventKind, EventDetail } from './case.js';

/** Events that change nothing: somebody only looked. */
export const LOOK_KINDS: readonly CaseEventKind[] = ['looked', 'referral_seen', 'evidence_ask_seen'];

/** An event to be put on record. */
export interface NewCaseEvent {
  readonly caseId: string;
  readonly kind: CaseEventKind;
  readonly at: Date;
  /** Absent: the service or the reporter. */
  readonly staffId?: string;
  readonly detail?: EventDetail;
}

/** Who looked into which case of an agency, for the person who answers for it. */
export interface LookRow {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly staffName: string;
  /** Of the person who looked; another than the asking one's for cooperating agencies. */
  readonly agencyId?: string;
  readonly times: number;
  readonly last: Date;
}
