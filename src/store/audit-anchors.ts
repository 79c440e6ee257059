import { createHash, createHmac } from 'node:crypto';
import { asc, desc, gt, sql } from 'drizzle-orm';
import { canonicalJson, NO_HASH } from '../reports/record-chain.js';
import type { Db } from './database.js';
import { auditAnchors, auditEvents, caseEvents } from './schema.js';
import { installationSecret } from './secrets.js';
import type { ServiceCipher } from './service-cipher.js';

const ANCHOR_LOCK = 771_040_113;

export type AnchorRow = typeof auditAnchors.$inferSelect;
/** An anchor as operators write it down elsewhere: number and hash, e.g. "12:9f86d081…". */
export const anchorName = ({ position, hash }: Pick<AnchorRow, 'position' | 'hash'>): string =>
  `${position}:${Buffer.from(hash).toString('hex')}`;

export const anchorSecret = (db: Db, cipher: ServiceCipher): Promise<Buffer> =>
  installationSecret(db, cipher, 'audit-anchor');

/** Keyed, so that whoever can only write in the database cannot make one that fits. */
export const anchorHash = (secret: Buffer, row: Omit<AnchorRow, 'hash'>): Uint8Array =>
  createHmac('sha256', secret)
    .update(row.previousHash)
    .update(
      canonicalJson({
        position: row.position,
        at: row.at.toISOString(),
        lastEventId: row.lastEventId,
        events: row.events,
        eventsDigest: Buffer.from(row.eventsDigest).toString('hex'),
        lastAct: row.lastAct,
        actsHead: Buffer.from(row.actsHead).toString('hex'),
      }),
    )
    .digest();

/**
 * Writes an anchor over what came since the last one; undefined when nothing did. Several processes at once make one.
 * The table lock waits for events that are being written and holds new ones back for the milliseconds this takes: without
 * it an event with a lower id could become visible after a higher one was anchored.
 */
export async function writeAnchor(db: Db, cipher: ServiceCipher, at: Date): Promise<AnchorRow | undefined> {
  const secret = await anchorSecret(db, cipher);
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ANCHOR_LOCK})`);
    await tx.execute(sql`set local lock_timeout = '2s'`);
    await tx.execute(sql`lock table ${caseEvents} in share mode`);
    const [last] = await tx.select().from(auditAnchors).orderBy(desc(auditAnchors.position)).limit(1);
    const [act] = await tx.select().from(auditEvents).orderBy(desc(auditEvents.position)).limit(1);
    const digest = createHash('sha256');
    let events = 0;
    let lastEventId = last?.lastEventId ?? 0;
    for (;;) {
      const rows = await tx
        .select({ id: caseEvents.id, hash: caseEvents.hash })
        .from(caseEvents)
        .where(gt(caseEvents.id, lastEventId))
        .orderBy(asc(caseEvents.id))
        .limit(5000);
      for (const row of rows) digest.update(row.hash);
      events += rows.length;
      lastEventId = rows.at(-1)?.id ?? lastEventId;
      if (rows.length < 5000) break;
    }
    const lastAct = act?.position ?? 0;
    if (events === 0 && lastAct === (last?.lastAct ?? 0)) return undefined;
    const facts = {
      position: (last?.position ?? 0) + 1,
      at,
      lastEventId,
      events,
      eventsDigest: digest.digest(),
      lastAct,
      actsHead: act?.hash ?? NO_HASH,
      previousHash: last?.hash ?? NO_HASH,
    };
    const row = { ...facts, hash: anchorHash(secret, facts) };
    await tx.insert(auditAnchors).values(row);
    return row;
  });
}
