import { createHash } from 'node:crypto';
import { and, asc, eq, gt, gte, inArray, lte, notExists, sql } from 'drizzle-orm';
import { type ChainBreak, createChainWalk, NO_HASH } from '../reports/record-chain.js';
import { actContent } from './audit.js';
import { type AnchorRow, anchorHash, anchorName, anchorSecret } from './audit-anchors.js';
import { eventContent } from './case-events.js';
import type { Db } from './database.js';
import { auditAnchors, auditEvents, caseEvents, cases } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

const BATCH = 2000;

/** The first thing found that is not as it was written. */
export type RecordFault =
  | { kind: 'case_event'; caseId: string; eventId: number; position: number; what: ChainBreak }
  /** A case without its first event. */
  | { kind: 'case_without_events'; caseId: string }
  /** Events were emptied and no act of retention says so. */
  | { kind: 'emptied_without_rule'; caseId: string; eventId: number }
  | { kind: 'act'; position: number; what: ChainBreak }
  | { kind: 'anchor'; position: number; what: ChainBreak }
  /** Events that an anchor counted are gone, or others stand in their place. */
  | { kind: 'events_missing'; anchor: number; at: Date; counted: number; found: number }
  | { kind: 'acts_missing'; anchor: number; at: Date }
  | { kind: 'anchor_not_found'; name: string };

export interface RecordFigures {
  readonly events: number;
  readonly cases: number;
  readonly acts: number;
  readonly anchors: number;
  /** Events since the newest anchor: their chains hold, but a missing end would not be noticed yet. */
  readonly notAnchored: number;
  readonly newestAnchor?: string;
}
export type Verdict = { ok: true; figures: RecordFigures } | { ok: false; fault: RecordFault };

/**
 * Walks every chain and every anchor; stops at the first fault. Memory stays the same however long the record is.
 * @param options.anchor number and hash of an anchor that was written down elsewhere; it must still be there
 */
export async function verifyRecord(
  db: Db,
  cipher: ServiceCipher,
  options: {
    readonly anchor?: string;
    readonly onProgress?: (done: number, all: number) => void;
  } = {},
): Promise<Verdict> {
  const secret = await anchorSecret(db, cipher);
  // One moment for all of it, while the service goes on writing.
  return db.transaction(
    async (tx): Promise<Verdict> => {
      await tx.execute(sql`set local statement_timeout = 0`);
      const events = await walkCases(tx, options.onProgress ?? (() => undefined));
      if (events.fault) return { ok: false, fault: events.fault };
      const acts = await walkActs(tx);
      if (acts.fault) return { ok: false, fault: acts.fault };
      const anchors = await walkAnchors(tx, secret, options.anchor);
      if (anchors.fault) return { ok: false, fault: anchors.fault };
      return {
        ok: true,
        figures: {
          events: events.count,
          cases: events.cases,
          acts: acts.count,
          anchors: anchors.count,
          notAnchored: events.count - anchors.events,
          ...(anchors.newest === undefined ? {} : { newestAnchor: anchorName(anchors.newest) }),
        },
      };
    },
    { isolationLevel: 'repeatable read' },
  );
}

async function walkCases(
  tx: Db,
  onProgress: (done: number, all: number) => void,
): Promise<{ fault?: RecordFault; count: number; cases: number }> {
  const all = await tx.$count(caseEvents);
  let count = 0;
  let seen = 0;
  let at = { caseId: '00000000-0000-0000-0000-000000000000', position: 0 };
  let walk = createChainWalk();
  const fault = (found: RecordFault) => ({ fault: found, count, cases: seen });
  for (;;) {
    const rows = await tx
      .select()
      .from(caseEvents)
      .where(sql`(${caseEvents.caseId}, ${caseEvents.position}) > (${at.caseId}::uuid, ${at.position})`)
      .orderBy(asc(caseEvents.caseId), asc(caseEvents.position))
      .limit(BATCH);
    const forgotten = await forgottenAmong(tx, rows);
    for (const row of rows) {
      if (row.caseId !== at.caseId) {
        walk = createChainWalk();
        seen += 1;
      }
      at = row;
      const { caseId, id: eventId, position } = row;
      const emptied = row.kind === 'removed';
      if (emptied && !forgotten.has(caseId)) return fault({ kind: 'emptied_without_rule', caseId, eventId });
      const what = walk(emptied ? row : { ...row, content: eventContent(row) });
      if (what) return fault({ kind: 'case_event', caseId, eventId, position, what });
    }
    count += rows.length;
    onProgress(count, all);
    if (rows.length < BATCH) break;
  }
  const [bare] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(notExists(tx.select({ one: sql`1` }).from(caseEvents).where(eq(caseEvents.caseId, cases.id))))
    .limit(1);
  return bare ? fault({ kind: 'case_without_events', caseId: bare.id }) : { count, cases: seen };
}

/** Which of the emptied cases of this batch retention has put on record. */
async function forgottenAmong(
  tx: Db,
  rows: readonly (typeof caseEvents.$inferSelect)[],
): Promise<ReadonlySet<string | null>> {
  const emptied = [...new Set(rows.filter(({ kind }) => kind === 'removed').map(({ caseId }) => caseId))];
  if (emptied.length === 0) return new Set();
  const acts = await tx
    .select({ subject: auditEvents.subject })
    .from(auditEvents)
    .where(and(eq(auditEvents.kind, 'case_forgotten'), inArray(auditEvents.subject, emptied)));
  return new Set(acts.map(({ subject }) => subject));
}

async function walkActs(tx: Db): Promise<{ fault?: RecordFault; count: number }> {
  const walk = createChainWalk();
  let count = 0;
  for (let after = 0; ; ) {
    const rows = await tx
      .select()
      .from(auditEvents)
      .where(gt(auditEvents.position, after))
      .orderBy(asc(auditEvents.position))
      .limit(BATCH);
    for (const row of rows) {
      const what = walk({ ...row, content: actContent(row) });
      if (what) return { fault: { kind: 'act', position: row.position, what }, count };
    }
    count += rows.length;
    after = rows.at(-1)?.position ?? after;
    if (rows.length < BATCH) return { count };
  }
}

async function walkAnchors(
  tx: Db,
  secret: Buffer,
  wanted: string | undefined,
): Promise<{ fault?: RecordFault; count: number; events: number; newest: AnchorRow | undefined }> {
  let count = 0;
  let events = 0;
  let before: AnchorRow | undefined;
  let isThere = wanted === undefined;
  const fault = (found: RecordFault) => ({ fault: found, count, events, newest: before });
  for (;;) {
    const rows = await tx
      .select()
      .from(auditAnchors)
      .where(gt(auditAnchors.position, before?.position ?? 0))
      .orderBy(asc(auditAnchors.position))
      .limit(BATCH);
    for (const row of rows) {
      const what = anchorBreak(row, before, secret);
      if (what) return fault({ kind: 'anchor', position: row.position, what });
      const found = await eventsBetween(tx, before?.lastEventId ?? 0, row.lastEventId);
      const { position: anchor, at, events: counted } = row;
      if (found.count !== counted || !found.digest.equals(row.eventsDigest))
        return fault({ kind: 'events_missing', anchor, at, counted, found: found.count });
      if (!(await actsReach(tx, row))) return fault({ kind: 'acts_missing', anchor, at });
      isThere ||= anchorName(row) === wanted;
      events += counted;
      count += 1;
      before = row;
    }
    if (rows.length < BATCH) break;
  }
  return isThere
    ? { count, events, newest: before }
    : fault({ kind: 'anchor_not_found', name: wanted ?? '' });
}

function anchorBreak(row: AnchorRow, before: AnchorRow | undefined, secret: Buffer): ChainBreak | undefined {
  if (row.position !== (before?.position ?? 0) + 1) return 'gap';
  if (!Buffer.from(row.previousHash).equals(before?.hash ?? NO_HASH)) return 'not_linked';
  return Buffer.from(row.hash).equals(anchorHash(secret, row)) ? undefined : 'changed';
}

/** The case events of one anchor, as they are now. */
async function eventsBetween(
  tx: Db,
  after: number,
  last: number,
): Promise<{ count: number; digest: Buffer }> {
  const digest = createHash('sha256');
  let count = 0;
  for (let from = after + 1; ; ) {
    const rows = await tx
      .select({ id: caseEvents.id, hash: caseEvents.hash })
      .from(caseEvents)
      .where(and(gte(caseEvents.id, from), lte(caseEvents.id, last)))
      .orderBy(asc(caseEvents.id))
      .limit(BATCH);
    for (const row of rows) digest.update(row.hash);
    count += rows.length;
    from = (rows.at(-1)?.id ?? last) + 1;
    if (rows.length < BATCH) return { count, digest: digest.digest() };
  }
}

async function actsReach(tx: Db, { lastAct, actsHead }: AnchorRow): Promise<boolean> {
  if (lastAct === 0) return true;
  const [act] = await tx
    .select({ hash: auditEvents.hash })
    .from(auditEvents)
    .where(eq(auditEvents.position, lastAct));
  return act !== undefined && Buffer.from(act.hash).equals(actsHead);
}
