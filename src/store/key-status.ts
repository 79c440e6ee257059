import { and, count, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from './database.js';
import { whoCanLetIn } from './let-in.js';
import { agencyKeyCopies, agencyKeys, caseKeyCopies, recoveryKeys } from './schema.js';
import { countSealedAway } from './use-recovery-key.js';

/** Of one agency: by whom its cases can still be opened. */
export interface AgencyKeyStatus {
  readonly agencyId: string;
  /** Members who can sign in and hold the key. */
  readonly members: number;
  /** Somebody of a level above could let a new member in. */
  readonly above: boolean;
  readonly recovery: boolean;
  readonly cases: number;
}

export interface KeyStatus {
  /** Since when the recovery key in use is there. */
  readonly recoverySince?: Date;
  readonly earlierRecoveryKeys: number;
  readonly agencies: readonly AgencyKeyStatus[];
  /** Reports that only the recovery key opens. */
  readonly sealedAway: number;
}

/** What could be opened today, and by whom; for an operator who lost something. Needs no key. */
export async function keyStatus(db: Db): Promise<KeyStatus> {
  const [inUse] = await db.select().from(recoveryKeys).where(isNull(recoveryKeys.retiredAt));
  const keys = await db
    .select()
    .from(agencyKeys)
    .where(isNull(agencyKeys.retiredAt))
    .orderBy(agencyKeys.agencyId);
  const agencies: AgencyKeyStatus[] = [];
  for (const { agencyId, version } of keys) {
    const [own] = await db
      .select({ n: count() })
      .from(agencyKeyCopies)
      .where(
        and(
          eq(agencyKeyCopies.agencyId, agencyId),
          eq(agencyKeyCopies.version, version),
          eq(agencyKeyCopies.kind, 'recovery'),
        ),
      );
    const [held] = await db
      .select({ n: count() })
      .from(caseKeyCopies)
      .where(and(eq(caseKeyCopies.kind, 'agency'), eq(caseKeyCopies.holder, agencyId)));
    agencies.push({
      agencyId,
      members: (await whoCanLetIn(db, agencyId)).filter((one) => one.agencyId === agencyId).length,
      above: (await whoCanLetIn(db, agencyId, { fromAbove: true })).length > 0,
      recovery: (own?.n ?? 0) > 0,
      cases: held?.n ?? 0,
    });
  }
  return {
    ...(inUse === undefined ? {} : { recoverySince: inUse.madeAt }),
    earlierRecoveryKeys: await db.$count(recoveryKeys, isNotNull(recoveryKeys.retiredAt)),
    agencies,
    sealedAway: await countSealedAway(db),
  };
}
