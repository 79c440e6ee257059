import { and, eq } from 'drizzle-orm';
import type { Db } from './database.js';
import { uploads } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

/** Bytes of one stored part. */
const PART_BYTES = 512 * 1024;

/** Where files of the web chat wait, encrypted with the service key, as those of a platform wait on the platform. */
export interface Uploads {
  keep(id: string, bytes: Uint8Array): Promise<void>;
  /** Part by part; nothing when it is gone. */
  read(id: string): AsyncIterable<Uint8Array>;
  drop(id: string): Promise<void>;
}

/** @param now milliseconds since 1970 */
export function createUploads(db: Db, cipher: ServiceCipher, now: () => number): Uploads {
  const purpose = (id: string, part: number): string => `upload:${id}:${part}`;
  return {
    keep: (id, bytes) =>
      db.transaction(async (tx) => {
        for (let part = 0; part * PART_BYTES < bytes.length; part += 1) {
          const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
          const sealedBytes = cipher.sealBytes(purpose(id, part), piece);
          await tx.insert(uploads).values({ id, part, sealedBytes, keptAt: new Date(now()) });
        }
      }),
    async *read(id) {
      for (let part = 0; ; part += 1) {
        const [row] = await db
          .select({ sealedBytes: uploads.sealedBytes })
          .from(uploads)
          .where(and(eq(uploads.id, id), eq(uploads.part, part)));
        if (!row) return;
        yield cipher.unsealBytes(purpose(id, part), row.sealedBytes);
      }
    },
    async drop(id) {
      await db.delete(uploads).where(eq(uploads.id, id));
    },
  };
}
