import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { openIdentity, sealIdentity } from '../reports/keys.js';
import { type MemberKeys, NoKey } from '../reports/member-keys.js';
import type { Identity, Recipient } from '../reports/sealing.js';
import { CASE_ROLES } from '../staff/staff.js';
import type { Db } from './database.js';
import { agencyKeyCopies, agencyKeys, recoveryKeys, staff } from './schema.js';

/** Somebody to whom the identity of an agency or a case is sealed. */
export interface KeyHolder {
  readonly kind: 'member' | 'agency' | 'recovery';
  readonly holder: string;
  /** Version of an agency's key; 0 for the others. */
  readonly holderVersion: number;
  readonly recipient: Recipient;
}

/** Who can be given a case: never a member alone. */
export type CaseHolder = KeyHolder & { readonly kind: 'agency' | 'recovery' };

export type AgencyKeyRow = typeof agencyKeys.$inferSelect;

/** The keys in use of these agencies. Locked against being changed until this transaction ends. */
export async function agencyHolders(tx: Db, agencyIds: readonly string[]): Promise<CaseHolder[]> {
  if (agencyIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(agencyKeys)
    .where(and(inArray(agencyKeys.agencyId, [...agencyIds]), isNull(agencyKeys.retiredAt)))
    .for('share');
  return rows.map((row) => ({
    kind: 'agency' as const,
    holder: row.agencyId,
    holderVersion: row.version,
    recipient: row.recipient,
  }));
}

/** The recovery key in use. It is made at the first start, so there is always one. */
export async function recoveryHolder(tx: Db): Promise<CaseHolder> {
  const [row] = await tx.select().from(recoveryKeys).where(isNull(recoveryKeys.retiredAt));
  if (!row) throw new Error('There is no recovery key; the start makes it.');
  return { kind: 'recovery', holder: row.id, holderVersion: 0, recipient: row.recipient };
}

/** Makes a copy of an agency's identity for somebody. Already there: nothing happens. */
export async function copyAgencyKey(
  tx: Db,
  key: { readonly agencyId: string; readonly version: number; readonly identity: Identity },
  to: KeyHolder,
  at: Date,
  grantedBy?: string,
): Promise<void> {
  await tx
    .insert(agencyKeyCopies)
    .values({
      agencyId: key.agencyId,
      version: key.version,
      kind: to.kind,
      holder: to.holder,
      holderVersion: to.holderVersion,
      sealedIdentity: await sealIdentity(key.identity, to.recipient),
      madeAt: at,
      grantedBy: grantedBy ?? null,
    })
    .onConflictDoNothing();
}

/**
 * An agency's identity, as far as this member holds it: by a copy of their own, else through the key of an agency
 * above which they hold. @throws NoKey when neither is there
 */
export async function openAgencyIdentity(
  tx: Db,
  keys: MemberKeys,
  agencyId: string,
  version: number,
): Promise<Identity> {
  const identity = await tryAgency(tx, keys, agencyId, version, 0);
  if (identity === undefined) throw new NoKey();
  return identity;
}

/** Deeper than any tree of agencies; ends a circle in broken data. */
const DEEPEST = 8;

async function tryAgency(
  tx: Db,
  keys: MemberKeys,
  agencyId: string,
  version: number,
  depth: number,
): Promise<Identity | undefined> {
  if (keys.identity === undefined || depth > DEEPEST) return undefined;
  const copies = await tx
    .select()
    .from(agencyKeyCopies)
    .where(and(eq(agencyKeyCopies.agencyId, agencyId), eq(agencyKeyCopies.version, version)));
  const own = copies.find((copy) => copy.kind === 'member' && copy.holder === keys.staffId);
  if (own) return openIdentity(own.sealedIdentity, keys.identity);
  for (const copy of copies.filter(({ kind }) => kind === 'agency')) {
    const above = await tryAgency(tx, keys, copy.holder, copy.holderVersion, depth + 1);
    if (above !== undefined) return openIdentity(copy.sealedIdentity, above);
  }
  return undefined;
}

/** The versions of its agency's key that this member holds a copy of, newest first. */
export async function heldVersions(tx: Db, staffId: string, agencyId: string): Promise<AgencyKeyRow[]> {
  const rows = await tx
    .select({ key: agencyKeys })
    .from(agencyKeys)
    .innerJoin(
      agencyKeyCopies,
      and(
        eq(agencyKeyCopies.agencyId, agencyKeys.agencyId),
        eq(agencyKeyCopies.version, agencyKeys.version),
        eq(agencyKeyCopies.kind, 'member'),
        eq(agencyKeyCopies.holder, staffId),
      ),
    )
    .where(eq(agencyKeys.agencyId, agencyId))
    .orderBy(sql`${agencyKeys.version} desc`);
  return rows.map(({ key }) => key);
}

/**
 * Agencies that can receive a case: a member who works with cases can sign in and holds a copy of the agency's key. An agency
 * without one is stepped over; its level above gets the case.
 */
export async function openAgencies(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ agencyId: agencyKeyCopies.agencyId })
    .from(agencyKeyCopies)
    .innerJoin(
      agencyKeys,
      and(
        eq(agencyKeys.agencyId, agencyKeyCopies.agencyId),
        eq(agencyKeys.version, agencyKeyCopies.version),
        isNull(agencyKeys.retiredAt),
      ),
    )
    .innerJoin(staff, sql`${staff.id}::text = ${agencyKeyCopies.holder}`)
    .where(
      and(
        eq(agencyKeyCopies.kind, 'member'),
        eq(staff.agencyId, agencyKeyCopies.agencyId),
        eq(staff.disabled, false),
        inArray(staff.role, [...CASE_ROLES]),
      ),
    );
  return new Set(rows.map((row) => row.agencyId));
}

/** Takes every copy of agencies' keys from a member, so that nothing more opens for them. */
export async function takeKeysFrom(tx: Db, staffId: string): Promise<void> {
  await tx
    .delete(agencyKeyCopies)
    .where(and(eq(agencyKeyCopies.kind, 'member'), eq(agencyKeyCopies.holder, staffId)));
}
