import { and, count, eq, isNotNull, isNull } from 'drizzle-orm';
import { openIdentity, sealIdentity } from '../reports/keys.js';
import type { MemberKeys } from '../reports/member-keys.js';
import { type Identity, makeKeyPair, type Recipient } from '../reports/sealing.js';
import {
  copyAgencyKey,
  heldVersions,
  type KeyHolder,
  openAgencyIdentity,
  recoveryHolder,
} from './agency-keys.js';
import type { Db } from './database.js';
import { agencyKeyCopies, agencyKeys, caseKeyCopies, staff, staffKeys } from './schema.js';

/** Small enough that other work is not kept waiting: about 14 ms a copy. */
const BATCH = 20;

/**
 * Gives the agency the next version of its key, held by everybody who holds the one in use. What comes from now on is sealed to
 * it; what lies under the older one is for `moveToKeyInUse`.
 * @param above the agency above that gets a copy
 */
export async function beginKeyChange(
  db: Db,
  keys: MemberKeys,
  above: KeyHolder | undefined,
  now: Date,
): Promise<'begun' | 'busy' | 'no_key'> {
  const { agencyId } = keys;
  const pair = await makeKeyPair();
  return db.transaction(async (tx) => {
    const versions = await tx
      .select()
      .from(agencyKeys)
      .where(eq(agencyKeys.agencyId, agencyId))
      .for('update');
    const [inUse] = versions.filter(({ retiredAt }) => retiredAt === null);
    const held = await heldVersions(tx, keys.staffId, agencyId);
    if (!inUse || !held.some(({ version }) => version === inUse.version)) return 'no_key';
    if (versions.length > 1) return 'busy';
    const version = inUse.version + 1;
    await tx
      .update(agencyKeys)
      .set({ retiredAt: now })
      .where(and(eq(agencyKeys.agencyId, agencyId), eq(agencyKeys.version, inUse.version)));
    await tx.insert(agencyKeys).values({ agencyId, version, recipient: pair.recipient, madeAt: now });
    const holders = [
      ...(await membersHolding(tx, agencyId, inUse.version)),
      ...(above ? [above] : []),
      await recoveryHolder(tx),
    ];
    for (const holder of holders)
      await copyAgencyKey(tx, { agencyId, version, identity: pair.identity }, holder, now, keys.staffId);
    return 'begun';
  });
}

async function membersHolding(tx: Db, agencyId: string, version: number): Promise<KeyHolder[]> {
  const holders = await tx
    .select({ holder: agencyKeyCopies.holder })
    .from(agencyKeyCopies)
    .where(
      and(
        eq(agencyKeyCopies.agencyId, agencyId),
        eq(agencyKeyCopies.version, version),
        eq(agencyKeyCopies.kind, 'member'),
      ),
    );
  const ids = new Set(holders.map(({ holder }) => holder));
  const members = await tx
    .select({ id: staffKeys.staffId, recipient: staffKeys.recipient })
    .from(staffKeys)
    .innerJoin(staff, eq(staff.id, staffKeys.staffId))
    .where(and(eq(staff.agencyId, agencyId), eq(staff.disabled, false)))
    // Removing one of them waits for this, and then takes the new copy away as well.
    .for('share');
  return members
    .filter(({ id }) => ids.has(id))
    .map(({ id, recipient }) => ({ kind: 'member', holder: id, holderVersion: 0, recipient }));
}

/** How many copies still lie under older versions of the agency's key; undefined when there is no older version. */
export async function leftToMove(db: Db, agencyId: string): Promise<number | undefined> {
  const older = await olderVersions(db, agencyId);
  if (older.length === 0) return undefined;
  let left = 0;
  for (const version of older) left += await countUnder(db, agencyId, version);
  return left;
}

const olderVersions = async (db: Db, agencyId: string): Promise<number[]> =>
  (
    await db
      .select({ version: agencyKeys.version })
      .from(agencyKeys)
      .where(and(eq(agencyKeys.agencyId, agencyId), isNotNull(agencyKeys.retiredAt)))
  ).map(({ version }) => version);

const casesUnder = (agencyId: string, version: number) =>
  and(
    eq(caseKeyCopies.kind, 'agency'),
    eq(caseKeyCopies.holder, agencyId),
    eq(caseKeyCopies.holderVersion, version),
  );
const agenciesUnder = (agencyId: string, version: number) =>
  and(
    eq(agencyKeyCopies.kind, 'agency'),
    eq(agencyKeyCopies.holder, agencyId),
    eq(agencyKeyCopies.holderVersion, version),
  );

async function countUnder(db: Db, agencyId: string, version: number): Promise<number> {
  const [cases] = await db.select({ n: count() }).from(caseKeyCopies).where(casesUnder(agencyId, version));
  const [agencies] = await db
    .select({ n: count() })
    .from(agencyKeyCopies)
    .where(agenciesUnder(agencyId, version));
  return (cases?.n ?? 0) + (agencies?.n ?? 0);
}

/**
 * Moves everything sealed to older versions of the agency's key to the one in use, batch by batch, then deletes the older
 * version. Harmless to stop at any moment, to run again, and to run twice at once.
 * @param stop asked between batches
 */
export async function moveToKeyInUse(db: Db, keys: MemberKeys, stop: () => boolean): Promise<void> {
  const { agencyId } = keys;
  const [inUse] = await db
    .select()
    .from(agencyKeys)
    .where(and(eq(agencyKeys.agencyId, agencyId), isNull(agencyKeys.retiredAt)));
  if (!inUse) return;
  for (const version of await olderVersions(db, agencyId)) {
    const from = { version, identity: await openAgencyIdentity(db, keys, agencyId, version) };
    while (!stop()) {
      const moved =
        (await moveCases(db, agencyId, from, inUse)) + (await moveAgencies(db, agencyId, from, inUse));
      if (moved === 0) break;
    }
    if (!stop()) await deleteVersion(db, agencyId, version);
  }
}

interface From {
  readonly version: number;
  readonly identity: Identity;
}
interface To {
  readonly version: number;
  readonly recipient: Recipient;
}

async function moveCases(db: Db, agencyId: string, from: From, to: To): Promise<number> {
  const rows = await db.select().from(caseKeyCopies).where(casesUnder(agencyId, from.version)).limit(BATCH);
  for (const row of rows) {
    const sealedIdentity = await sealIdentity(
      await openIdentity(row.sealedIdentity, from.identity),
      to.recipient,
    );
    await db.transaction(async (tx) => {
      const old = await tx
        .delete(caseKeyCopies)
        .where(and(eq(caseKeyCopies.reportId, row.reportId), casesUnder(agencyId, from.version)))
        .returning({ reportId: caseKeyCopies.reportId });
      // Gone meanwhile: the case was taken from this agency, or another process moved it.
      if (old.length > 0)
        await tx
          .insert(caseKeyCopies)
          .values({ ...row, holderVersion: to.version, sealedIdentity })
          .onConflictDoNothing();
    });
  }
  return rows.length;
}

/** The keys of agencies below, which this agency holds as the level above them. */
async function moveAgencies(db: Db, agencyId: string, from: From, to: To): Promise<number> {
  const rows = await db
    .select()
    .from(agencyKeyCopies)
    .where(agenciesUnder(agencyId, from.version))
    .limit(BATCH);
  for (const row of rows) {
    const sealedIdentity = await sealIdentity(
      await openIdentity(row.sealedIdentity, from.identity),
      to.recipient,
    );
    const same = and(
      eq(agencyKeyCopies.agencyId, row.agencyId),
      eq(agencyKeyCopies.version, row.version),
      agenciesUnder(agencyId, from.version),
    );
    await db.transaction(async (tx) => {
      const old = await tx.delete(agencyKeyCopies).where(same).returning({ id: agencyKeyCopies.agencyId });
      if (old.length > 0)
        await tx
          .insert(agencyKeyCopies)
          .values({ ...row, holderVersion: to.version, sealedIdentity })
          .onConflictDoNothing();
    });
  }
  return rows.length;
}

/** Only when nothing lies under it any more; a report on its way holds the row until it is stored, so nothing is cut off. */
async function deleteVersion(db: Db, agencyId: string, version: number): Promise<void> {
  await db.transaction(async (tx) => {
    const one = and(eq(agencyKeys.agencyId, agencyId), eq(agencyKeys.version, version));
    await tx.select({ version: agencyKeys.version }).from(agencyKeys).where(one).for('update');
    if ((await countUnder(tx, agencyId, version)) > 0) return;
    await tx
      .delete(agencyKeyCopies)
      .where(and(eq(agencyKeyCopies.agencyId, agencyId), eq(agencyKeyCopies.version, version)));
    await tx.delete(agencyKeys).where(one);
  });
}
