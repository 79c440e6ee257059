import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from './database.js';
import { secrets } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

/**
 * A random secret of this installation that must outlive a change of SERVICE_KEY, e.g. the salt of the codes: made at
 * first use, kept encrypted, and moved under the newest key when it is read under an older one. 32 bytes.
 */
export async function installationSecret(db: Db, cipher: ServiceCipher, name: string): Promise<Buffer> {
  const purpose = `secret:${name}`;
  const fresh = randomBytes(32);
  await db
    .insert(secrets)
    .values({ name, sealedValue: cipher.seal(purpose, fresh.toString('base64')) })
    .onConflictDoNothing();
  const [row] = await db.select().from(secrets).where(eq(secrets.name, name));
  if (!row) throw new Error(`The secret "${name}" could not be stored.`);
  const value = cipher.unseal(purpose, row.sealedValue);
  if (!cipher.isCurrent(row.sealedValue)) {
    await db
      .update(secrets)
      .set({ sealedValue: cipher.seal(purpose, value) })
      .where(eq(secrets.name, name));
  }
  return Buffer.from(value, 'base64');
}
