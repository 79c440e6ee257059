import { and, count, eq, gt, inArray, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import { openIdentity } from '../reports/keys.js';
import type { MemberKeys } from '../reports/member-keys.js';
import { CannotOpen, type Identity, pairOf } from '../reports/sealing.js';
import { agencyHolders, copyAgencyKey, openAgencies } from './agency-keys.js';
import { copyCaseKey, holdersForReport } from './case-keys.js';
import type { Db } from './database.js';
import { agencyKeyCopies, caseKeyCopies, cases, recoveryKeys, reports, staffKeys } from './schema.js';

/** A recovery key of this installation as somebody typed it. */
export interface TypedRecoveryKey {
  readonly id: string;
  readonly identity: Identity;
}

/** Undefined when it is none of ours, also none of the earlier ones. */
export async function knownRecoveryKey(db: Db, typed: string): Promise<TypedRecoveryKey | undefined> {
  try {
    const { recipient, identity } = await pairOf(typed);
    const [known] = await db.select().from(recoveryKeys).where(eq(recoveryKeys.recipient, recipient));
    return known && { id: known.id, identity };
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
}

/** Lets the member who holds the recovery key into their own agency. */
export async function letInByRecovery(
  db: Db,
  keys: MemberKeys,
  recovery: TypedRecoveryKey,
  now: Date,
): Promise<void> {
  const { agencyId, staffId } = keys;
  const [own] = await db.select().from(staffKeys).where(eq(staffKeys.staffId, staffId));
  if (!own) return;
  const copies = await db
    .select()
    .from(agencyKeyCopies)
    .where(
      and(
        eq(agencyKeyCopies.agencyId, agencyId),
        eq(agencyKeyCopies.kind, 'recovery'),
        eq(agencyKeyCopies.holder, recovery.id),
      ),
    );
  for (const { version, sealedIdentity } of copies) {
    const identity = await openIdentity(sealedIdentity, recovery.identity);
    const to = { kind: 'member', holder: staffId, holderVersion: 0, recipient: own.recipient } as const;
    await copyAgencyKey(db, { agencyId, version, identity }, to, now, staffId);
  }
}

/**
 * Waiting reports that no agency with a member who holds its key can open, and new cases that an administrator gave to an
 * agency that holds no copy.
 */
const nobodyOpens = (db: Db, open: ReadonlySet<string>) => {
  const copyOf = (holder: SQL | undefined) =>
    db
      .select({ one: sql`1` })
      .from(caseKeyCopies)
      .where(and(eq(caseKeyCopies.reportId, reports.id), eq(caseKeyCopies.kind, 'agency'), holder));
  const given = db
    .select({ id: cases.reportId })
    .from(cases)
    .where(
      and(
        eq(cases.state, 'new'),
        notExists(
          db
            .select({ one: sql`1` })
            .from(caseKeyCopies)
            .where(
              and(
                eq(caseKeyCopies.reportId, cases.reportId),
                eq(caseKeyCopies.kind, 'agency'),
                eq(caseKeyCopies.holder, cases.agencyId),
              ),
            ),
        ),
      ),
    );
  return or(
    and(
      eq(reports.state, 'waiting'),
      notExists(copyOf(open.size === 0 ? sql`false` : inArray(caseKeyCopies.holder, [...open]))),
    ),
    inArray(reports.id, given),
  );
};

/** How many reports nobody can open but with the recovery key. */
export async function countSealedAway(db: Db): Promise<number> {
  const open = await openAgencies(db);
  const [row] = await db.select({ n: count() }).from(reports).where(nobodyOpens(db, open));
  return row?.n ?? 0;
}

/**
 * Seals every report that nobody else opens to the agencies that are responsible for it today, and hands it to `dispatch`. Each
 * report is a step of its own, so that it can stop at any moment and go on when the key is typed in again.
 */
export async function sealToResponsible(
  parts: { readonly db: Db; readonly directory: Directory; readonly dispatch: (reportId: string) => void },
  recovery: TypedRecoveryKey,
  stop: () => boolean,
): Promise<void> {
  const { db, directory } = parts;
  for (let after = '00000000-0000-0000-0000-000000000000'; !stop(); ) {
    const open = await openAgencies(db);
    const [next] = await db
      .select({
        id: reports.id,
        category: reports.category,
        placeCode: reports.placeCode,
        receivedAt: reports.receivedAt,
        sealedIdentity: caseKeyCopies.sealedIdentity,
      })
      .from(reports)
      .innerJoin(
        caseKeyCopies,
        and(
          eq(caseKeyCopies.reportId, reports.id),
          eq(caseKeyCopies.kind, 'recovery'),
          eq(caseKeyCopies.holder, recovery.id),
        ),
      )
      .where(and(nobodyOpens(db, open), gt(reports.id, after)))
      .orderBy(reports.id)
      .limit(1);
    if (!next) return;
    after = next.id;
    const identity = await openIdentity(next.sealedIdentity, recovery.identity);
    await db.transaction(async (tx) => {
      const [given] = await tx.select().from(cases).where(eq(cases.reportId, next.id));
      const holders = given
        ? await agencyHolders(tx, [given.agencyId])
        : await holdersForReport(tx, directory, next, new Date());
      for (const holder of holders) await copyCaseKey(tx, next.id, identity, holder);
    });
    parts.dispatch(next.id);
  }
}
