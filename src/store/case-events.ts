import { desc, eq, sql } from 'drizzle-orm';
import type { NewCaseEvent } from '../reports/case-events.js';
import { entryHash, NO_HASH, type RecordContent } from '../reports/record-chain.js';
import { recordAudit } from './audit.js';
import type { Db } from './database.js';
import { caseEvents, cases } from './schema.js';

type EventFacts = Pick<
  typeof caseEvents.$inferSelect,
  'caseId' | 'position' | 'kind' | 'staffId' | 'at' | 'detail'
>;

/** What is hashed of an event. The migration `record_chains` writes the same for events that were there before. */
export const eventContent = (row: EventFacts): RecordContent => ({
  case: row.caseId,
  position: row.position,
  kind: row.kind,
  staff: row.staffId,
  at: row.at.toISOString(),
  detail: row.detail,
});

/**
 * Puts an event of a case on record, inside the caller's transaction: the one way to write `case_events`. It takes the
 * lock of the case first, so that two events at once follow each other; whoever also locks the report must lock it before.
 */
export async function recordEvent(tx: Db, event: NewCaseEvent): Promise<void> {
  await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, event.caseId)).for('update');
  // A statement of its own: only now does it see what others committed while this one waited for the lock.
  const [last] = await tx
    .select({ position: caseEvents.position, hash: caseEvents.hash })
    .from(caseEvents)
    .where(eq(caseEvents.caseId, event.caseId))
    .orderBy(desc(caseEvents.position))
    .limit(1);
  const facts: EventFacts = {
    caseId: event.caseId,
    position: (last?.position ?? 0) + 1,
    kind: event.kind,
    staffId: event.staffId ?? null,
    at: event.at,
    detail: event.detail ?? null,
  };
  const previousHash = last?.hash ?? NO_HASH;
  await tx
    .insert(caseEvents)
    .values({ ...facts, previousHash, hash: entryHash(previousHash, eventContent(facts)) });
}

/**
 * For retention only: empties the events of a case, which leaves their places and hashes, so that the chain and the anchors
 * still hold; that it was done is itself on record. In the caller's transaction; harmless when run twice.
 */
export async function forgetEvents(tx: Db, caseId: string, at: Date): Promise<void> {
  await tx.execute(sql`select set_config('lang_nghe.retention', 'on', true)`);
  const emptied = await tx
    .update(caseEvents)
    .set({ kind: 'removed', staffId: null, detail: null, at })
    .where(sql`${caseEvents.caseId} = ${caseId} and ${caseEvents.kind} <> 'removed'`)
    .returning({ id: caseEvents.id });
  await tx.execute(sql`select set_config('lang_nghe.retention', 'off', true)`);
  if (emptied.length > 0) await recordAudit(tx, { kind: 'case_forgotten', subject: caseId, at });
}
