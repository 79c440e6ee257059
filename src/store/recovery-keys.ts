import { randomUUID } from 'node:crypto';
import { isNull } from 'drizzle-orm';
import { type Identity, makeKeyPair } from '../reports/sealing.js';
import type { Db } from './database.js';
import { recoveryKeys } from './schema.js';

/**
 * Makes the recovery key of a fresh installation, in whichever process comes first. `tell` shows it to the operator before
 * anything relies on it; if the process dies in between, the next start makes another and tells that.
 */
export async function ensureRecoveryKey(db: Db, tell: (key: Identity) => void): Promise<void> {
  const [present] = await db
    .select({ id: recoveryKeys.id })
    .from(recoveryKeys)
    .where(isNull(recoveryKeys.retiredAt));
  if (present) return;
  const { recipient, identity } = await makeKeyPair();
  await db.transaction(async (tx) => {
    const made = await tx
      .insert(recoveryKeys)
      .values({ id: randomUUID(), recipient, madeAt: new Date() })
      .onConflictDoNothing()
      .returning({ id: recoveryKeys.id });
    if (made.length > 0) tell(identity);
  });
}

/** Makes a new recovery key for what comes after; the older one goes on opening what was sealed to it. */
export async function replaceRecoveryKey(db: Db, tell: (key: Identity) => void): Promise<void> {
  const { recipient, identity } = await makeKeyPair();
  await db.transaction(async (tx) => {
    await tx.update(recoveryKeys).set({ retiredAt: new Date() }).where(isNull(recoveryKeys.retiredAt));
    await tx.insert(recoveryKeys).values({ id: randomUUID(), recipient, madeAt: new Date() });
    tell(identity);
  });
}
