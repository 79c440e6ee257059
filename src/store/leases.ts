import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './database.js';
import { leases } from './schema.js';

/** How often a lease that is not free is asked for again, milliseconds. */
const ASK_AGAIN = 150;

/** A named right that one process at a time holds; it ends by itself, also when its holder dies. */
export interface LeaseRows {
  /** Takes the lease, or renews it for its holder; false when another holds it. */
  take(name: string, holder: string, life: number): Promise<boolean>;
  giveBack(name: string, holder: string): Promise<void>;
}

/** @param now milliseconds since 1970; machines that share a database must agree on it within the life of a lease */
export function createLeaseRows(db: Db, now: () => number): LeaseRows {
  return {
    async take(name, holder, life) {
      const until = new Date(now() + life);
      const rows = await db
        .insert(leases)
        .values({ name, holder, until })
        .onConflictDoUpdate({
          target: leases.name,
          set: { holder, until },
          setWhere: sql`${leases.until} <= ${new Date(now()).toISOString()}::timestamptz or ${leases.holder} = ${holder}`,
        })
        .returning({ name: leases.name });
      return rows.length > 0;
    },
    async giveBack(name, holder) {
      await db.delete(leases).where(and(eq(leases.name, name), eq(leases.holder, holder)));
    },
  };
}

/** Waits for the lease up to `patience` milliseconds, does the work, gives it back. Undefined when it never became free. */
export async function alone<T>(
  rows: LeaseRows,
  name: string,
  times: { readonly life: number; readonly patience: number },
  work: () => Promise<T>,
): Promise<{ readonly value: T } | undefined> {
  const holder = randomUUID();
  const deadline = Date.now() + times.patience;
  while (!(await rows.take(name, holder, times.life))) {
    if (Date.now() >= deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
  }
  try {
    return { value: await work() };
  } finally {
    // A lease that cannot be given back ends by itself.
    await rows.giveBack(name, holder).catch(() => undefined);
  }
}
