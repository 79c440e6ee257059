import { asc, lte } from 'drizzle-orm';
import type { Db } from './database.js';
import { talks } from './schema.js';

/** Ids of talks whose time to be woken has come, the longest due first. */
export async function dueTalks(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .select({ id: talks.id })
    .from(talks)
    .where(lte(talks.wakeAt, now))
    .orderBy(asc(talks.wakeAt))
    .limit(500);
  return rows.map((row) => row.id);
}
