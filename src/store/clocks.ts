import { and, eq, isNotNull, min, sql } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import type { CaseMoments } from '../reports/case-moments.js';
import { nextFire, type PlannedClock, planClocks, type RunningClock } from '../reports/clocks.js';
import type { Deadlines } from '../reports/deadlines.js';
import type { CaseRow } from './case-rows.js';
import type { Db } from './database.js';
import { excludedFrom } from './exclusions.js';
import { caseClocks, caseMessages, caseSteps, cases, reports, ringRounds } from './schema.js';

export interface ClockParts {
  readonly deadlines: Deadlines;
  readonly directory: Pick<Directory, 'agency' | 'communeAgencyId'>;
}

type ClockRow = typeof caseClocks.$inferSelect;

/** A case with its clocks, as they are now. */
export interface SettledCase {
  readonly row: CaseRow;
  readonly clocks: readonly RunningClock[];
  readonly excluded: ReadonlySet<string>;
}

/**
 * Brings the clocks of a case into line with what has happened in it and with the data: starts, stops and moves them, and keeps the
 * nearest deadline with the case. Tells nobody anything (`knockCase` does). To be called in the transaction of every act
 * that may start or stop one; a call too many changes nothing, a forgotten one is made up for before anything is told.
 */
export async function settleClocks(
  tx: Db,
  parts: ClockParts,
  caseId: string,
  now: Date,
): Promise<SettledCase | undefined> {
  const [row] = await tx.select().from(cases).where(eq(cases.id, caseId)).for('update');
  if (!row) return undefined;
  const [report] = await tx
    .select({ receivedAt: reports.receivedAt })
    .from(reports)
    .where(eq(reports.id, row.reportId));
  const excluded = await excludedFrom(tx, row.reportId);
  const planned = planClocks(parts.deadlines, {
    moments: await momentsOf(tx, row, report?.receivedAt ?? row.openedAt),
    urgency: row.urgency,
    category: row.category,
    isToBeForwarded: isToBeForwarded(parts.directory, row, excluded),
    ...(row.state === 'closed' ? { closedAt: row.closedAt ?? now } : {}),
  });
  const kept = await tx.select().from(caseClocks).where(eq(caseClocks.caseId, caseId));
  const clocks = planned.map((clock) =>
    withHistory(
      clock,
      kept.find((each) => each.clock === clock.id),
    ),
  );
  for (const clock of clocks)
    await keepClock(
      tx,
      caseId,
      clock,
      parts.deadlines.version,
      kept.find((each) => each.clock === clock.id),
    );
  // A rule that is gone from the data, or no longer meant for this case.
  for (const gone of kept)
    if (!gone.stoppedAt && !planned.some(({ id }) => id === gone.clock))
      await tx
        .update(caseClocks)
        .set({ stoppedAt: now, nextAt: null, version: parts.deadlines.version })
        .where(and(eq(caseClocks.caseId, caseId), eq(caseClocks.clock, gone.clock)));
  await keepNearest(tx, row, clocks);
  await settleRinging(tx, row, now);
  return { row, clocks, excluded };
}

async function momentsOf(tx: Db, row: CaseRow, received: Date): Promise<CaseMoments> {
  const steps = await tx
    .select({ step: caseSteps.step, at: caseSteps.at })
    .from(caseSteps)
    .where(eq(caseSteps.caseId, row.id));
  const [reply] = await tx
    .select({ at: min(caseMessages.at) })
    .from(caseMessages)
    .where(and(eq(caseMessages.reportId, row.reportId), eq(caseMessages.from, 'staff')));
  return {
    ...Object.fromEntries(steps.map(({ step, at }) => [step, at])),
    received,
    ...(row.acceptedAt && { accepted: row.acceptedAt }),
    ...(reply?.at && { first_reply: reply.at }),
  };
}

/** Never to a commune of which an office is accused. */
const isToBeForwarded = (
  directory: ClockParts['directory'],
  row: CaseRow,
  excluded: ReadonlySet<string>,
): boolean =>
  row.placeCode !== null &&
  excluded.size === 0 &&
  directory.communeAgencyId('commune_committee', row.placeCode) !== row.agencyId;

const withHistory = (clock: PlannedClock, kept: ClockRow | undefined): RunningClock => ({
  ...clock,
  ...(kept?.warnedAt && { warnedAt: kept.warnedAt }),
  ...(kept?.missedAt && { missedAt: kept.missedAt }),
});

const same = (one: Date | null, other: Date | null): boolean => one?.getTime() === other?.getTime();

async function keepClock(
  tx: Db,
  caseId: string,
  clock: RunningClock,
  version: string,
  kept: ClockRow | undefined,
): Promise<void> {
  const values = {
    startedAt: clock.startedAt,
    dueAt: clock.dueAt,
    warnAt: clock.warnAt ?? null,
    atOnce: clock.atOnce,
    stoppedAt: clock.stoppedAt ?? null,
    nextAt: nextFire(clock) ?? null,
    version,
  };
  const isKept =
    kept?.version === version &&
    same(kept.dueAt, values.dueAt) &&
    same(kept.warnAt, values.warnAt) &&
    same(kept.stoppedAt, values.stoppedAt) &&
    same(kept.nextAt, values.nextAt);
  if (isKept) return;
  await tx
    .insert(caseClocks)
    .values({ caseId, clock: clock.id, ...values })
    .onConflictDoUpdate({ target: [caseClocks.caseId, caseClocks.clock], set: values });
}

/** The order of the queue. "At once" without a figure would stand first for ever, and is left out. */
async function keepNearest(tx: Db, row: CaseRow, clocks: readonly RunningClock[]): Promise<void> {
  const [nearest] = clocks
    .filter((clock) => !clock.stoppedAt && !clock.atOnce)
    .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  const [dueAt, dueClock] = [nearest?.dueAt ?? null, nearest?.id ?? null];
  if (same(row.dueAt, dueAt) && row.dueClock === dueClock) return;
  await tx.update(cases).set({ dueAt, dueClock }).where(eq(cases.id, row.id));
}

/** Urgent, and nobody has accepted it. */
export const isUnaccepted = (row: CaseRow): boolean =>
  row.urgency === 'urgent' && row.state === 'new' && row.takenBy === null;

/** Ringing begins, or begins again at the first level, when an urgent case waits; it ends when somebody accepts. */
async function settleRinging(tx: Db, row: CaseRow, now: Date): Promise<void> {
  if (isUnaccepted(row))
    await tx
      .insert(ringRounds)
      .values({ caseId: row.id, round: 0, level: 0, nextAt: now })
      .onConflictDoUpdate({
        target: ringRounds.caseId,
        set: { level: 0, nextAt: now },
        setWhere: sql`${ringRounds.nextAt} is null`,
      });
  else
    await tx
      .update(ringRounds)
      .set({ nextAt: null, unreachedSince: null })
      .where(and(eq(ringRounds.caseId, row.id), isNotNull(ringRounds.nextAt)));
}
