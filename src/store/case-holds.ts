import { and, eq, isNull } from 'drizzle-orm';
import type { CaseActor } from '../reports/case.js';
import type { CaseHolds } from '../reports/case-hold.js';
import { retentionState } from '../reports/retention.js';
import { recordEvent } from './case-events.js';
import type { Db } from './database.js';
import { type RetentionParts, retentionFacts } from './retention.js';
import { caseHolds, cases, staff } from './schema.js';

/** On the database; see the port. */
export function createCaseHolds({ db, rules, now }: RetentionParts): CaseHolds {
  const own = (actor: CaseActor, caseId: string) =>
    and(eq(cases.id, caseId), eq(cases.agencyId, actor.agencyId), isNull(cases.erasedAt));
  /** The same lock as the deletion's: a hold is set before it, or the case is gone. */
  const lock = async (tx: Db, actor: CaseActor, caseId: string): Promise<boolean> => {
    const [row] = await tx.select({ id: cases.id }).from(cases).where(own(actor, caseId)).for('update');
    return row !== undefined;
  };
  const active = (caseId: string) => and(eq(caseHolds.caseId, caseId), isNull(caseHolds.liftedAt));

  return {
    async of(actor, caseId) {
      const [row] = await db.select({ id: cases.id }).from(cases).where(own(actor, caseId));
      const facts = row && (await retentionFacts(db, caseId));
      if (!facts) return undefined;
      const { until } = retentionState(rules, facts, new Date(now()));
      const [hold] = await db
        .select({ reason: caseHolds.reason, setAt: caseHolds.setAt, setByName: staff.name })
        .from(caseHolds)
        .innerJoin(staff, eq(staff.id, caseHolds.setBy))
        .where(active(caseId));
      return { ...(hold ? { hold } : {}), ...(until ? { until } : {}) };
    },
    set: (actor, caseId, reason) =>
      db.transaction(async (tx) => {
        if (!(await lock(tx, actor, caseId))) return false;
        if ((await tx.$count(caseHolds, active(caseId))) > 0) return true;
        const at = new Date(now());
        await tx.insert(caseHolds).values({ caseId, reason, setBy: actor.staffId, setAt: at });
        await recordEvent(tx, { caseId, kind: 'held', at, staffId: actor.staffId });
        return true;
      }),
    lift: (actor, caseId) =>
      db.transaction(async (tx) => {
        if (!(await lock(tx, actor, caseId))) return false;
        const at = new Date(now());
        const lifted = await tx
          .update(caseHolds)
          .set({ liftedBy: actor.staffId, liftedAt: at })
          .where(active(caseId))
          .returning({ caseId: caseHolds.caseId });
        if (lifted.length > 0)
          await recordEvent(tx, { caseId, kind: 'hold_lifted', at, staffId: actor.staffId });
        return true;
      }),
  };
}
