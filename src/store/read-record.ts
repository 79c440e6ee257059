import { asc, eq } from 'drizzle-orm';
import type { CaseEventKind, EventDetail } from '../reports/case.js';
import type { Db } from './database.js';
import { caseEvents, cases, staff } from './schema.js';

/** One event as it is shown to whoever examines the record. */
export interface RecordLine {
  readonly position: number;
  readonly at: Date;
  readonly kind: CaseEventKind;
  readonly who?: string;
  readonly detail?: EventDetail;
  readonly hash: Uint8Array;
}

/** The record of the case with this number, oldest first; undefined when there is none. */
export async function readRecord(db: Db, caseNumber: string): Promise<readonly RecordLine[] | undefined> {
  const [found] = await db.select({ id: cases.id }).from(cases).where(eq(cases.number, caseNumber));
  if (!found) return undefined;
  const rows = await db
    .select({ event: caseEvents, who: staff.name })
    .from(caseEvents)
    .leftJoin(staff, eq(staff.id, caseEvents.staffId))
    .where(eq(caseEvents.caseId, found.id))
    .orderBy(asc(caseEvents.position));
  return rows.map(({ event: { position, at, kind, detail, hash }, who }) => ({
    ...{ position, at, kind, hash },
    ...(who === null ? {} : { who }),
    ...(detail === null ? {} : { detail }),
  }));
}
