import type { CaseEventKind } from '../reports/case.js';
import type { Db } from './database.js';
import { caseEvents } from './schema.js';

/** Adds to what happened in a case. @param staffId absent: nobody, it happened by itself */
export async function recordCaseEvent(
  tx: Db,
  caseId: string,
  kind: CaseEventKind,
  at: Date,
  staffId?: string,
): Promise<void> {
  await tx.insert(caseEvents).values({ caseId, kind, at, staffId: staffId ?? null });
}
