import { desc, sql } from 'drizzle-orm';
import { entryHash, NO_HASH, type RecordContent } from '../reports/record-chain.js';
import type { AuditAct, AuditLog } from '../staff/audit.js';
import type { Db } from './database.js';
import { auditEvents } from './schema.js';

const CHAIN_LOCK = 771_040_112;

type ActFacts = Omit<typeof auditEvents.$inferSelect, 'previousHash' | 'hash'>;

export const actContent = (row: ActFacts): RecordContent => ({
  position: row.position,
  kind: row.kind,
  staff: row.staffId,
  subject: row.subject,
  at: row.at.toISOString(),
  detail: row.detail,
});

/** Puts an act of staff on record, inside the caller's transaction. One at a time: acts outside cases are few. */
export async function recordAudit(tx: Db, act: AuditAct): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`);
  const [last] = await tx
    .select({ position: auditEvents.position, hash: auditEvents.hash })
    .from(auditEvents)
    .orderBy(desc(auditEvents.position))
    .limit(1);
  const facts: ActFacts = {
    position: (last?.position ?? 0) + 1,
    kind: act.kind,
    staffId: act.staffId ?? null,
    subject: act.subject ?? null,
    at: act.at,
    detail: act.detail ?? null,
  };
  const previousHash = last?.hash ?? NO_HASH;
  await tx
    .insert(auditEvents)
    .values({ ...facts, previousHash, hash: entryHash(previousHash, actContent(facts)) });
}

/** The port of the console, each act in a transaction of its own. */
export const createAuditLog = (db: Db): AuditLog => ({
  record: (act) => db.transaction((tx) => recordAudit(tx as unknown as Db, act)),
});
