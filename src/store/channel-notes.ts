import { and, eq } from 'drizzle-orm';
import type { Db } from './database.js';
import { channelNotes } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

/** Small secrets and facts of channels, encrypted; see `ChannelNotes` of the channels. */
export function createChannelNotes(db: Db, cipher: ServiceCipher) {
  return {
    async read(name: string): Promise<string | undefined> {
      const [row] = await db.select().from(channelNotes).where(eq(channelNotes.name, name));
      if (!row) return undefined;
      const value = cipher.unseal(`note:${name}`, row.sealedValue);
      // Like every secret that outlives a change of SERVICE_KEY, it moves under the newest key when it is read.
      if (!cipher.isCurrent(row.sealedValue)) {
        await db
          .update(channelNotes)
          .set({ sealedValue: cipher.seal(`note:${name}`, value) })
          .where(and(eq(channelNotes.name, name), eq(channelNotes.sealedValue, row.sealedValue)));
      }
      return value;
    },
    async write(name: string, value: string): Promise<void> {
      const sealedValue = cipher.seal(`note:${name}`, value);
      await db
        .insert(channelNotes)
        .values({ name, sealedValue })
        .onConflictDoUpdate({ target: channelNotes.name, set: { sealedValue } });
    },
  };
}
