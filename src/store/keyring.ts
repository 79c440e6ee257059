import { and, eq, isNull } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import { levelsAbove } from '../directory/receivers.js';
import type { MemberKeys } from '../reports/member-keys.js';
import { makeKeyPair } from '../reports/sealing.js';
import type { Keyring } from '../staff/keyring.js';
import { beginKeyChange, leftToMove, moveToKeyInUse } from './agency-key-change.js';
import {
  agencyHolders,
  copyAgencyKey,
  heldVersions,
  type KeyHolder,
  openAgencyIdentity,
  recoveryHolder,
} from './agency-keys.js';
import type { Db } from './database.js';
import { letIn, waitingMembers, whoCanLetIn } from './let-in.js';
import { agencyKeyCopies, agencyKeys, staffKeys } from './schema.js';
import { countSealedAway, knownRecoveryKey, letInByRecovery, sealToResponsible } from './use-recovery-key.js';

export interface KeyringParts {
  readonly db: Db;
  readonly directory: Directory;
  readonly now: () => number;
  /** A report can be opened by somebody now: puts it on its way. */
  readonly dispatch: (reportId: string) => void;
  /** Work in the background ended with a fault; it goes on at the next occasion. */
  readonly onFault: (work: string, error: unknown) => void;
}

/** The keyring on the database. `close` ends what works in the background, before the database is closed. */
export function createKeyring(parts: KeyringParts): Keyring & { close(): Promise<void> } {
  const { db, directory } = parts;
  const working = new Map<string, Promise<void>>();
  let closed = false;
  const stop = (): boolean => closed;
  const now = (): Date => new Date(parts.now());

  /** Lets keys be used after the answer was given: by this process, and only until the work is done. */
  const inBackground = (name: string, work: () => Promise<void>): void => {
    if (closed || working.has(name)) return;
    const running = work()
      .catch((error: unknown) => parts.onFault(name, error))
      .finally(() => working.delete(name));
    working.set(name, running);
  };
  const moveOn = (keys: MemberKeys): void =>
    inBackground(`move ${keys.agencyId}`, () => moveToKeyInUse(db, keys, stop));

  return {
    async arrive(keys) {
      if (keys.identity === undefined) return;
      const above = await nearestAbove(db, directory, keys.agencyId);
      await foundAgency(db, keys, above, now());
      await addMissingCopies(db, keys, above, now());
      const held = await heldVersions(db, keys.staffId, keys.agencyId);
      if (
        held.some(({ retiredAt }) => retiredAt !== null) &&
        held.some(({ retiredAt }) => retiredAt === null)
      )
        moveOn(keys);
    },
    async standing(keys) {
      const [inUse] = await db.select().from(agencyKeys).where(keyInUse(keys.agencyId));
      const held = (await heldVersions(db, keys.staffId, keys.agencyId)).some(
        ({ version }) => version === inUse?.version,
      );
      const left = await leftToMove(db, keys.agencyId);
      return {
        held: held && keys.identity !== undefined,
        ...(inUse === undefined ? {} : { madeAt: inUse.madeAt }),
        helpers: held ? [] : await whoCanLetIn(db, keys.agencyId),
        waiting: await waitingMembers(db, keys),
        ...(left === undefined ? {} : { moving: { left, working: working.has(`move ${keys.agencyId}`) } }),
        reportsWaiting: await countSealedAway(db),
        recovering: working.has('recover'),
      };
    },
    reportsWaiting: () => countSealedAway(db),
    letIn: (keys, staffId) => letIn(db, keys, staffId, now()),
    async changeAgencyKey(keys) {
      const above = await nearestAbove(db, directory, keys.agencyId);
      const outcome = await beginKeyChange(db, keys, above, now());
      if (outcome === 'begun') moveOn(keys);
      return outcome;
    },
    async useRecoveryKey(keys, typed) {
      const recovery = await knownRecoveryKey(db, typed);
      if (!recovery) return 'wrong';
      await letInByRecovery(db, keys, recovery, now());
      inBackground('recover', () => sealToResponsible(parts, recovery, stop));
      return 'begun';
    },
    async close() {
      closed = true;
      await Promise.all(working.values());
    },
  };
}

const keyInUse = (agencyId: string) => and(eq(agencyKeys.agencyId, agencyId), isNull(agencyKeys.retiredAt));

/** The key of the nearest agency above that has one. */
async function nearestAbove(db: Db, directory: Directory, agencyId: string): Promise<KeyHolder | undefined> {
  const line = levelsAbove(directory, agencyId).map(({ id }) => id);
  const holders = await agencyHolders(db, line);
  return holders.sort((a, b) => line.indexOf(a.holder) - line.indexOf(b.holder))[0];
}

/** The first member of an agency makes its key, unless it has one already: then somebody must let them in. */
async function foundAgency(db: Db, keys: MemberKeys, above: KeyHolder | undefined, at: Date): Promise<void> {
  const { agencyId, staffId } = keys;
  const [present] = await db
    .select({ version: agencyKeys.version })
    .from(agencyKeys)
    .where(eq(agencyKeys.agencyId, agencyId));
  if (present) return;
  const { recipient, identity } = await makeKeyPair();
  await db.transaction(async (tx) => {
    const [own] = await tx.select().from(staffKeys).where(eq(staffKeys.staffId, staffId));
    if (!own) return;
    const made = await tx
      .insert(agencyKeys)
      .values({ agencyId, version: 1, recipient, madeAt: at })
      .onConflictDoNothing()
      .returning({ version: agencyKeys.version });
    if (made.length === 0) return;
    const holders: KeyHolder[] = [
      { kind: 'member', holder: staffId, holderVersion: 0, recipient: own.recipient },
      ...(above ? [above] : []),
      await recoveryHolder(tx),
    ];
    for (const holder of holders) await copyAgencyKey(tx, { agencyId, version: 1, identity }, holder, at);
  });
}

/** The level above may have got its key, or a new one, since; the recovery key may have been replaced. */
async function addMissingCopies(
  db: Db,
  keys: MemberKeys,
  above: KeyHolder | undefined,
  at: Date,
): Promise<void> {
  const { agencyId } = keys;
  const wanted: KeyHolder[] = [...(above ? [above] : []), await recoveryHolder(db)];
  for (const { version } of await heldVersions(db, keys.staffId, agencyId)) {
    const present = await db
      .select()
      .from(agencyKeyCopies)
      .where(and(eq(agencyKeyCopies.agencyId, agencyId), eq(agencyKeyCopies.version, version)));
    const missing = wanted.filter(
      (one) =>
        !present.some(
          (copy) =>
            copy.kind === one.kind && copy.holder === one.holder && copy.holderVersion === one.holderVersion,
        ),
    );
    if (missing.length === 0) continue;
    const identity = await openAgencyIdentity(db, keys, agencyId, version);
    for (const one of missing)
      await copyAgencyKey(db, { agencyId, version, identity }, one, at, keys.staffId);
  }
}
