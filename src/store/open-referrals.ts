import { and, eq, inArray } from 'drizzle-orm';
import type { ReferralState } from '../reports/referral.js';
import { recordEvent } from './case-events.js';
import type { CasePorts } from './case-ports.js';
import type { CaseRow } from './case-rows.js';
import type { Db } from './database.js';
import { publishQueueChange } from './news.js';
import { referrals } from './schema.js';

export type ReferralRow = typeof referrals.$inferSelect;

/** Whether the case was opened to this agency, and it is still free to see it. */
export async function mayCooperate(
  tx: Db,
  ports: CasePorts,
  row: Pick<CaseRow, 'id' | 'reportId'>,
  agencyId: string,
): Promise<boolean> {
  const [opened] = await tx
    .select({ id: referrals.id })
    .from(referrals)
    .where(
      and(
        eq(referrals.caseId, row.id),
        eq(referrals.toAgency, agencyId),
        eq(referrals.kind, 'open'),
        eq(referrals.state, 'accepted'),
      ),
    )
    .limit(1);
  return opened !== undefined && !(await ports.exclusions.isExcluded(tx, row.reportId, agencyId));
}

interface Settling {
  readonly row: Pick<CaseRow, 'id' | 'reportId'>;
  readonly at: Date;
  /** Whose act it follows from; absent: a rule. */
  readonly staffId?: string;
}

/**
 * Offers that nobody needs any more: the case moved or was closed. `offered` ones of the case are withdrawn, and those
 * agencies' keys with them. @param but one that stays
 */
export async function withdrawOffers(
  tx: Db,
  ports: CasePorts,
  settling: Settling,
  reason: 'moved' | 'closed',
  but?: string,
): Promise<void> {
  const rows = await tx
    .select()
    .from(referrals)
    .where(and(eq(referrals.caseId, settling.row.id), eq(referrals.state, 'offered')));
  for (const each of rows) if (each.id !== but) await settle(tx, ports, settling, each, 'withdrawn', reason);
}

/**
 * After an agency was excluded from a case: whatever offers and openings reach an excluded agency end at once. Whoever adds
 * an exclusion calls this in the same transaction.
 */
export async function endForExcluded(tx: Db, ports: CasePorts, settling: Settling): Promise<void> {
  const rows = await tx
    .select()
    .from(referrals)
    .where(
      and(
        eq(referrals.caseId, settling.row.id),
        inArray(referrals.state, ['offered', 'accepted']),
        inArray(referrals.kind, ['open', 'move']),
      ),
    );
  for (const each of rows) {
    if (each.kind === 'move' && each.state === 'accepted') continue;
    if (!(await ports.exclusions.isExcluded(tx, settling.row.reportId, each.toAgency))) continue;
    await settle(tx, ports, settling, each, each.state === 'offered' ? 'withdrawn' : 'ended', 'excluded');
  }
}

/** Ends one referral without access for the receiving side: withdrawn, rejected or ended. */
export async function settle(
  tx: Db,
  ports: CasePorts,
  { row, at, staffId }: Settling,
  referral: ReferralRow,
  state: Exclude<ReferralState, 'offered' | 'accepted'>,
  reason: string,
): Promise<void> {
  await tx
    .update(referrals)
    .set({ state, answeredAt: at, answeredBy: staffId ?? null, answerReason: reason })
    .where(eq(referrals.id, referral.id));
  await ports.keyring.revokeCase(tx, row.reportId, referral.toAgency);
  await recordEvent(tx, {
    caseId: row.id,
    kind: `referral_${state}`,
    at,
    ...(staffId === undefined ? {} : { staffId }),
    detail: { referral: referral.id, to: referral.toAgency, reason },
  });
  await publishQueueChange(tx, referral.toAgency);
  await publishQueueChange(tx, referral.fromAgency);
}
