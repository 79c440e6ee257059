import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import type { CaseActor } from '../reports/case.js';
import type { MoveOutcome } from '../reports/case-life.js';
import type { HandBackReason } from '../reports/case-moves.js';
import { openAgencies } from './agency-keys.js';
import { recordEvent } from './case-events.js';
import { lockFor } from './case-lock.js';
import type { CasePorts, Exclusions } from './case-ports.js';
import type { Db } from './database.js';
import { publishQueueChange } from './news.js';
import { endForExcluded, withdrawOffers } from './open-referrals.js';
import { cases, referrals } from './schema.js';

export interface CaseLifeParts {
  readonly db: Db;
  readonly directory: Pick<Directory, 'agency'>;
  readonly ports: CasePorts;
  readonly now: () => number;
}

/** Gives the case to the nearest level above that can receive it, at once: it is waited for there, not offered. */
export async function handBack(
  { db, directory, ports, now }: CaseLifeParts,
  actor: CaseActor,
  caseId: string,
  reason: HandBackReason,
): Promise<MoveOutcome> {
  const open = await openAgencies(db);
  return db.transaction(async (tx): Promise<MoveOutcome> => {
    const locked = await lockFor(tx, actor, caseId, 'hand_back');
    if ('refused' in locked) return locked.refused;
    const { row, to: state } = locked;
    const from = actor.agencyId;
    const at = new Date(now());
    // First, so that whoever shares its people is not climbed to.
    if (reason === 'conflict_of_interest')
      await ports.exclusions.exclude(tx, row.reportId, { agencyId: from, staffId: actor.staffId }, at);
    const to = await levelAbove(tx, { directory, open, exclusions: ports.exclusions }, from, row.reportId);
    if (to === undefined) {
      // The exclusion found above stands, though nothing else changes.
      return { kind: 'nobody_above' };
    }
    const settling = { row, at, staffId: actor.staffId };
    // While this member's keys can still open the case.
    await ports.keyring.grantCase(tx, actor.keys, row.reportId, to);
    await tx.insert(referrals).values({
      id: randomUUID(),
      caseId,
      kind: 'hand_back',
      fromAgency: from,
      toAgency: to,
      state: 'accepted',
      reason,
      offeredBy: actor.staffId,
      offeredAt: at,
      answeredAt: at,
    });
    await tx
      .update(cases)
      .set({ agencyId: to, state, takenBy: null, acceptedAt: null })
      .where(eq(cases.id, caseId));
    await recordEvent(tx, {
      caseId,
      kind: 'handed_back',
      at,
      staffId: actor.staffId,
      detail: { from, to, reason },
    });
    await withdrawOffers(tx, ports, settling, 'moved');
    await ports.agencies.leadMoved(tx, { caseId, reportId: row.reportId, agencyId: to }, at);
    if (reason === 'conflict_of_interest') await endForExcluded(tx, ports, settling);
    await ports.keyring.revokeCase(tx, row.reportId, from);
    await publishQueueChange(tx, from);
    await publishQueueChange(tx, to);
    return { kind: 'done' };
  });
}

/** Up the tree to the first agency that has staff and is not excluded; undefined at the top. */
async function levelAbove(
  tx: Db,
  who: {
    readonly directory: Pick<Directory, 'agency'>;
    readonly open: ReadonlySet<string>;
    readonly exclusions: Exclusions;
  },
  from: string,
  reportId: string,
): Promise<string | undefined> {
  const seen = new Set([from]);
  for (let id = who.directory.agency(from)?.parent; id !== undefined && !seen.has(id); ) {
    if (who.open.has(id) && !(await who.exclusions.isExcluded(tx, reportId, id))) return id;
    seen.add(id);
    id = who.directory.agency(id)?.parent;
  }
  return undefined;
}
