import { and, eq, inArray } from 'drizzle-orm';
import { levelsFrom } from '../directory/levels.js';
import { RING_EVERY } from '../reports/ringing.js';
import { recordEvent } from './case-events.js';
import { type ClockParts, isUnaccepted, type SettledCase } from './clocks.js';
import type { Db } from './database.js';
import { onCallAt, planRings, type RingTarget } from './plan-rings.js';
import { ringRounds, rings } from './schema.js';

export interface RoundOutcome {
  readonly rings: readonly string[];
  readonly nextAt?: Date;
  readonly isUnreached: boolean;
}

/**
 * Begins the next round of rings for an urgent case that nobody has accepted, when its time has come: the first rings the agency, each
 * further one also the next level above where anybody can be rung, never one that is excluded. At the top all are rung again
 * every five minutes until somebody accepts.
 */
export async function ringRound(
  tx: Db,
  parts: ClockParts,
  { row, excluded }: SettledCase,
  now: Date,
): Promise<RoundOutcome> {
  const over = { rings: [], isUnreached: false };
  if (!isUnaccepted(row)) return over;
  const [rounds] = await tx.select().from(ringRounds).where(eq(ringRounds.caseId, row.id)).for('update');
  if (!rounds?.nextAt) return over;
  if (rounds.nextAt > now) return { ...over, nextAt: rounds.nextAt };

  const levels = levelsFrom(parts.directory, row.agencyId, excluded).map(({ id }) => id);
  const onCall = await onCallAt(tx, levels);
  const reachable = levels.filter((id) => onCall.has(id));
  const targets = reachable.slice(0, rounds.level + 1).flatMap((agencyId): RingTarget[] =>
    (onCall.get(agencyId) ?? []).map((contact) => ({
      ...contact,
      agencyId,
      below: agencyId !== row.agencyId,
    })),
  );
  const about = { caseId: row.id, reason: 'waiting', clock: '', round: rounds.round } as const;
  const planned = await planRings(tx, about, targets, now);
  const isUnreached = targets.length === 0 || (await nobodyHeard(tx, row.id, rounds.round));
  // Counted from when it should have been, so that rounds do not drift; after a pause of ours, from now.
  const byPlan = rounds.nextAt.getTime() + RING_EVERY;
  const nextAt = new Date(byPlan > now.getTime() ? byPlan : now.getTime() + RING_EVERY);
  await tx
    .update(ringRounds)
    .set({
      round: rounds.round + 1,
      level: Math.min(rounds.level + 1, Math.max(0, reachable.length - 1)),
      nextAt,
      unreachedSince: isUnreached ? (rounds.unreachedSince ?? now) : null,
    })
    .where(eq(ringRounds.caseId, row.id));
  const isNews = isUnreached && rounds.unreachedSince === null;
  if (isNews) await recordEvent(tx, { caseId: row.id, kind: 'nobody_to_ring', at: now });
  return { rings: planned, nextAt, isUnreached: isNews };
}

/** Calls have been made before, and none of them arrived. */
async function nobodyHeard(tx: Db, caseId: string, round: number): Promise<boolean> {
  if (round === 0) return false;
  const ofCase = and(eq(rings.caseId, caseId), eq(rings.reason, 'waiting'));
  const heard = await tx.$count(rings, and(ofCase, eq(rings.state, 'delivered')));
  return (
    heard === 0 && (await tx.$count(rings, and(ofCase, inArray(rings.state, ['failed', 'dropped'])))) > 0
  );
}
