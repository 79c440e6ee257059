import { and, asc, desc, eq, isNotNull, isNull, ne } from 'drizzle-orm';
import type { CaseActor } from '../reports/case.js';
import type { CaseClocks, ClockLine, StepOutcome } from '../reports/case-clocks.js';
import { unconfirmedYears } from '../reports/working-days.js';
import { recordEvent } from './case-events.js';
import { type ClockParts, settleClocks } from './clocks.js';
import type { Db } from './database.js';
import { publishQueueChange } from './news.js';
import { caseClocks, caseSteps, cases, rings, staff, staffChats } from './schema.js';

const MOST_MISSED = 50;
const MOST_RINGS = 50;

export function createCaseClocks(db: Db, parts: ClockParts, now: () => number): CaseClocks {
  const isOwn = (actor: CaseActor, caseId: string) =>
    and(eq(cases.id, caseId), eq(cases.agencyId, actor.agencyId));

  /** Notes or takes back, and lets the clocks follow, in one transaction. */
  const changeStep = (
    actor: CaseActor,
    caseId: string,
    change: (tx: Db, at: Date) => Promise<'step_noted' | 'step_withdrawn' | undefined>,
  ): Promise<StepOutcome> =>
    db.transaction(async (tx) => {
      const [row] = await tx.select().from(cases).where(isOwn(actor, caseId)).for('update');
      if (!row) return 'not_found';
      if (row.state === 'closed') return 'closed';
      if (row.takenBy !== actor.staffId) return 'not_yours';
      const at = new Date(now());
      const kind = await change(tx, at);
      if (kind === undefined) return 'done';
      await recordEvent(tx, { caseId, kind, at, staffId: actor.staffId });
      await settleClocks(tx, parts, caseId, at);
      await publishQueueChange(tx, actor.agencyId);
      return 'done';
    });

  const toLine = (row: typeof caseClocks.$inferSelect): ClockLine | undefined => {
    const rule = parts.deadlines.rules.find(({ id }) => id === row.clock);
    if (!rule) return undefined;
    const countsDays = rule.length !== 'at_once' && 'working_days' in rule.length;
    return {
      clock: row.clock,
      dueAt: row.dueAt,
      atOnce: row.atOnce,
      basis: rule.basis,
      provisional: countsDays ? unconfirmedYears(parts.deadlines.calendar, row.startedAt, row.dueAt) : [],
      ...(row.stoppedAt && { stoppedAt: row.stoppedAt }),
      ...(row.missedAt && { missedAt: row.missedAt }),
    };
  };

  return {
    async ofCase(actor, caseId) {
      const [row] = await db.select({ id: cases.id }).from(cases).where(isOwn(actor, caseId));
      if (!row) return undefined;
      const clocks = await db
        .select()
        .from(caseClocks)
        .where(eq(caseClocks.caseId, caseId))
        .orderBy(asc(caseClocks.dueAt), asc(caseClocks.clock));
      const steps = await db
        .select({ step: caseSteps.step, at: caseSteps.at, staffName: staff.name })
        .from(caseSteps)
        .innerJoin(staff, eq(staff.id, caseSteps.staffId))
        .where(eq(caseSteps.caseId, caseId))
        .orderBy(asc(caseSteps.at));
      const calls = await db
        .select({ ring: rings, staffName: staff.name, channel: staffChats.channel })
        .from(rings)
        .leftJoin(staff, eq(staff.id, rings.staffId))
        .leftJoin(staffChats, eq(staffChats.staffId, rings.staffId))
        .where(eq(rings.caseId, caseId))
        .orderBy(desc(rings.plannedAt))
        .limit(MOST_RINGS);
      return {
        clocks: clocks.map(toLine).filter((line) => line !== undefined),
        steps,
        rings: calls.map(({ ring, staffName, channel }) => ({
          id: ring.id,
          reason: ring.reason,
          state: ring.state,
          at: ring.doneAt ?? ring.plannedAt,
          agencyId: ring.agencyId,
          ...(staffName !== null && { staffName }),
          ...(channel !== null && { channel }),
          ...(ring.code !== null && { code: ring.code }),
        })),
      };
    },

    noteStep: (actor, caseId, step) =>
      changeStep(actor, caseId, async (tx, at) => {
        const noted = await tx
          .insert(caseSteps)
          .values({ caseId, step, staffId: actor.staffId, at })
          .onConflictDoNothing()
          .returning({ step: caseSteps.step });
        return noted.length > 0 ? 'step_noted' : undefined;
      }),

    withdrawStep: (actor, caseId, step) =>
      changeStep(actor, caseId, async (tx) => {
        const gone = await tx
          .delete(caseSteps)
          .where(and(eq(caseSteps.caseId, caseId), eq(caseSteps.step, step)))
          .returning({ step: caseSteps.step });
        return gone.length > 0 ? 'step_withdrawn' : undefined;
      }),

    async missed(actor) {
      const stillMissed = and(isNotNull(caseClocks.missedAt), isNull(caseClocks.stoppedAt));
      const lines = (where: ReturnType<typeof and>) =>
        db
          .select({
            caseId: cases.id,
            number: cases.number,
            agencyId: cases.agencyId,
            clock: caseClocks.clock,
            dueAt: caseClocks.dueAt,
          })
          .from(caseClocks)
          .innerJoin(cases, eq(cases.id, caseClocks.caseId))
          .where(and(stillMissed, where))
          .orderBy(asc(caseClocks.dueAt))
          .limit(MOST_MISSED);
      return {
        own: await lines(and(eq(cases.agencyId, actor.agencyId), ne(cases.state, 'closed'))),
        below: await lines(and(eq(caseClocks.toldAbove, actor.agencyId), ne(cases.agencyId, actor.agencyId))),
      };
    },
  };
}
