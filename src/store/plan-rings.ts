import { randomUUID } from 'node:crypto';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { RingReason } from '../reports/ringing.js';
import type { Db } from './database.js';
import { onCall, rings, staff, staffChats } from './schema.js';

/** Somebody who can be rung. Exactly one of the two ids is there. */
export interface RingTarget {
  readonly agencyId: string;
  /** The case lies with a level below theirs. */
  readonly below: boolean;
  readonly staffId?: string;
  readonly webhookId?: string;
}

/** Plans one call to each. Ids of the new rows; a call of the same reason and round to the same contact is planned once. */
export async function planRings(
  tx: Db,
  about: {
    readonly caseId: string;
    readonly reason: RingReason;
    readonly clock: string;
    readonly round: number;
  },
  targets: readonly RingTarget[],
  now: Date,
): Promise<string[]> {
  if (targets.length === 0) return [];
  const rows = await tx
    .insert(rings)
    .values(
      targets.map(({ agencyId, below, staffId, webhookId }) => ({
        ...about,
        id: randomUUID(),
        agencyId,
        below,
        staffId: staffId ?? null,
        webhookId: webhookId ?? null,
        state: 'waiting' as const,
        plannedAt: now,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: rings.id });
  return rows.map(({ id }) => id);
}

/** Members of the agency who have bound a chat: those named, and its leads and coordinators if wanted. */
export async function staffOnChat(
  tx: Db,
  at: { readonly agencyId: string; readonly below: boolean },
  who: { readonly staffIds: readonly string[]; readonly leads: boolean },
): Promise<RingTarget[]> {
  if (who.staffIds.length === 0 && !who.leads) return [];
  const rows = await tx
    .select({ staffId: staff.id })
    .from(staff)
    .innerJoin(staffChats, eq(staffChats.staffId, staff.id))
    .where(
      and(
        eq(staff.agencyId, at.agencyId),
        eq(staff.disabled, false),
        or(
          inArray(staff.id, [...who.staffIds]),
          who.leads ? inArray(staff.role, ['lead', 'coordinator']) : undefined,
        ),
      ),
    );
  return rows.map(({ staffId }) => ({ ...at, staffId }));
}

/** Everybody on call for these agencies who can be rung: members who work there and have bound a chat, and addresses of the web. */
export async function onCallAt(
  tx: Db,
  agencyIds: readonly string[],
): Promise<Map<string, Pick<RingTarget, 'staffId' | 'webhookId'>[]>> {
  const found = new Map<string, Pick<RingTarget, 'staffId' | 'webhookId'>[]>();
  if (agencyIds.length === 0) return found;
  const rows = await tx
    .select({ id: onCall.id, agencyId: onCall.agencyId, staffId: onCall.staffId })
    .from(onCall)
    .leftJoin(staff, eq(staff.id, onCall.staffId))
    .leftJoin(staffChats, eq(staffChats.staffId, onCall.staffId))
    .where(
      and(
        inArray(onCall.agencyId, [...agencyIds]),
        sql`(${onCall.staffId} is null or (${staffChats.staffId} is not null and not ${staff.disabled} and ${staff.agencyId} = ${onCall.agencyId}))`,
      ),
    );
  for (const { id, agencyId, staffId } of rows) {
    const list = found.get(agencyId) ?? [];
    list.push(staffId === null ? { webhookId: id } : { staffId });
    found.set(agencyId, list);
  }
  return found;
}
