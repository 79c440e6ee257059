import { and, eq } from 'drizzle-orm';
import { levelsFrom } from '../directory/levels.js';
import { type Fired, firesAt, nextFire, type RunningClock } from '../reports/clocks.js';
import type { Alarmed } from '../reports/deadlines.js';
import { openAgencies } from './agency-keys.js';
import { recordEvent } from './case-events.js';
import { type ClockParts, type SettledCase, settleClocks } from './clocks.js';
import type { Db } from './database.js';
import { publishQueueChange } from './news.js';
import { planRings, type RingTarget, staffOnChat } from './plan-rings.js';
import { ringRound } from './ring-rounds.js';
import { caseClocks } from './schema.js';

/** What one knock came to; ids and kinds only. */
export interface KnockOutcome {
  /** What was told for the first time. */
  readonly fired: readonly { readonly clock: string; readonly kind: Fired }[];
  /** Rings to be sent. */
  readonly rings: readonly string[];
  /** When to knock next; absent: not by any clock. */
  readonly nextAt?: Date;
  /** Nobody could be reached for it, which is news. */
  readonly isUnreached: boolean;
}

const NOTHING: KnockOutcome = { fired: [], rings: [], isUnreached: false };

/**
 * Looks whether anything in this case is due, and tells it: a warning or a missed deadline once in the life of its clock, the next round
 * of rings when its time has come. The case is locked and its rows decide, so that knocking twice, at once from two
 * processes, too early or with a clock that was set back does nothing a second time.
 */
export async function knockCase(db: Db, parts: ClockParts, caseId: string, now: Date): Promise<KnockOutcome> {
  return db.transaction(async (tx) => {
    const settled = await settleClocks(tx, parts, caseId, now);
    if (!settled) return NOTHING;
    const fired: { clock: string; kind: Fired }[] = [];
    const rings: string[] = [];
    const after: RunningClock[] = [];
    for (const clock of settled.clocks) {
      const kind = firesAt(clock, now);
      after.push(kind === undefined ? clock : told(clock, kind, now));
      if (kind === undefined) continue;
      fired.push({ clock: clock.id, kind });
      rings.push(...(await tell(tx, parts, settled, told(clock, kind, now), kind, now)));
    }
    const round = await ringRound(tx, parts, settled, now);
    const nexts = [...after.map(nextFire), round.nextAt].filter((at) => at !== undefined);
    const nextAt = nexts.length === 0 ? undefined : new Date(Math.min(...nexts.map((at) => at.getTime())));
    return {
      fired,
      rings: [...rings, ...round.rings],
      isUnreached: round.isUnreached,
      ...(nextAt && { nextAt }),
    };
  });
}

const told = (clock: RunningClock, kind: Fired, now: Date): RunningClock =>
  kind === 'missed' ? { ...clock, missedAt: now } : { ...clock, warnedAt: now };

/** Puts on record that it was told, and tells those whom the data name. Ids of the rings. */
async function tell(
  tx: Db,
  parts: ClockParts,
  settled: SettledCase,
  clock: RunningClock,
  kind: Fired,
  now: Date,
): Promise<string[]> {
  const { row } = settled;
  const rule = parts.deadlines.rules.find(({ id }) => id === clock.id);
  const whom = rule?.alarm[kind] ?? [];
  const above = whom.includes('above') ? await levelAbove(tx, parts, settled) : undefined;
  await tx
    .update(caseClocks)
    .set({
      warnedAt: clock.warnedAt ?? null,
      missedAt: clock.missedAt ?? null,
      nextAt: nextFire(clock) ?? null,
      ...(above === undefined ? {} : { toldAbove: above }),
    })
    .where(and(eq(caseClocks.caseId, row.id), eq(caseClocks.clock, clock.id)));
  await recordEvent(tx, {
    caseId: row.id,
    kind: kind === 'missed' ? 'deadline_missed' : 'deadline_near',
    at: now,
  });
  for (const agencyId of [row.agencyId, ...(above === undefined ? [] : [above])])
    await publishQueueChange(tx, agencyId);
  const targets = await targetsOf(tx, settled, whom, above);
  const reason = kind === 'missed' ? 'overdue' : 'due_soon';
  return planRings(tx, { caseId: row.id, reason, clock: clock.id, round: 0 }, targets, now);
}

/** The next level that may know of it; one where somebody works, when there is one. */
async function levelAbove(
  tx: Db,
  { directory }: ClockParts,
  { row, excluded }: SettledCase,
): Promise<string | undefined> {
  const levels = levelsFrom(directory, row.agencyId, excluded).filter(({ id }) => id !== row.agencyId);
  const open = await openAgencies(tx);
  return (levels.find(({ id }) => open.has(id)) ?? levels[0])?.id;
}

async function targetsOf(
  tx: Db,
  { row }: SettledCase,
  whom: readonly Alarmed[],
  above: string | undefined,
): Promise<RingTarget[]> {
  const own = { agencyId: row.agencyId, below: false };
  const taker = whom.includes('taker') && row.takenBy !== null ? [row.takenBy] : [];
  // Nobody has it yet: then it is for those who give the work out.
  const leads = whom.includes('lead') || (whom.includes('taker') && row.takenBy === null);
  return [
    ...(await staffOnChat(tx, own, { staffIds: taker, leads })),
    ...(above === undefined
      ? []
      : await staffOnChat(tx, { agencyId: above, below: true }, { staffIds: [], leads: true })),
  ];
}
