import type { CaseActor } from './case.js';

/** Whom a hand-over sheet is for: the national child helpline, or the police. */
export const SHEET_RECEIVERS = ['helpline', 'police'] as const;
export type SheetReceiver = (typeof SHEET_RECEIVERS)[number];

/**
 * Answers of the report that a hand-over sheet may carry. A list of what may, not of what may not: whatever else is asked one
 * day stays off it until somebody has thought about it. `to_whom`, `safe` and the voice tell who is writing, so they are not here.
 */
export const SHEET_DETAILS = ['age_band', 'when', 'still_going', 'who', 'signs'] as const;

/** Sheets that were made. The sheet itself is kept nowhere. */
export interface HandOverSheets {
  /** Notes as an event of the case that this person made one. False when there is no such case. */
  made(actor: CaseActor, caseId: string): Promise<boolean>;
}
