import { and, asc, eq, ne } from 'drizzle-orm';
import { vietnamDay } from '../directory/vietnam-day.js';
import type { CaseActor } from '../reports/case.js';
import { nextReferralState, type OfferKind, type OfferReason, offerFault } from '../reports/referral.js';
import type { ReferralGrounds } from '../reports/referral-grounds.js';
import type { AnswerOutcome, OfferBundle, OfferOutcome, Referrals } from '../reports/referrals.js';
import { openAgencies } from './agency-keys.js';
import { recordEvent } from './case-events.js';
import { lockFor } from './case-lock.js';
import type { CasePorts } from './case-ports.js';
import { type CaseRow, toQueueRow } from './case-rows.js';
import type { Db } from './database.js';
import { publishQueueChange } from './news.js';
import { endForExcluded, mayCooperate, type ReferralRow, settle, withdrawOffers } from './open-referrals.js';
import { cases, referrals, staff } from './schema.js';

export interface ReferralParts {
  readonly db: Db;
  readonly grounds: ReferralGrounds;
  readonly ports: CasePorts;
  readonly now: () => number;
}

/** Offering cases to other agencies, on the database. The case's row is always locked before its referral is touched. */
export function createReferrals(parts: ReferralParts): Referrals {
  const { db, grounds, ports, now } = parts;

  /** Whether the agency could get the case now: has staff, is not excluded, has it neither already nor on offer. */
  const canGet = async (
    tx: Db,
    open: ReadonlySet<string>,
    row: CaseRow,
    agencyId: string,
    kind: OfferKind,
  ): Promise<boolean> => {
    if (agencyId === row.agencyId || !open.has(agencyId)) return false;
    if (await ports.exclusions.isExcluded(tx, row.reportId, agencyId)) return false;
    const pending = and(
      eq(referrals.caseId, row.id),
      eq(referrals.toAgency, agencyId),
      eq(referrals.state, 'offered'),
    );
    if ((await tx.$count(referrals, pending)) > 0) return false;
    return kind === 'move' || !(await mayCooperate(tx, ports, row, agencyId));
  };

  /** Finds the referral for its side, locks its case, and hands both over. */
  const answer = (
    actor: CaseActor,
    id: string,
    side: 'offering' | 'receiving',
    what: 'accept' | 'reject' | 'withdraw' | 'end',
    work: (tx: Db, row: CaseRow, referral: ReferralRow, at: Date) => Promise<AnswerOutcome>,
  ): Promise<AnswerOutcome> =>
    db.transaction(async (tx): Promise<AnswerOutcome> => {
      const [found] = await tx
        .select({ caseId: referrals.caseId })
        .from(referrals)
        .where(eq(referrals.id, id));
      if (!found) return { kind: 'not_found' };
      const [row] = await tx.select().from(cases).where(eq(cases.id, found.caseId)).for('update');
      // Read again under the case's lock: somebody may have answered it meanwhile.
      const [referral] = await tx.select().from(referrals).where(eq(referrals.id, id));
      if (!row || !referral) return { kind: 'not_found' };
      const mine = side === 'offering' ? row.agencyId : referral.toAgency;
      if (mine !== actor.agencyId) return { kind: 'not_found' };
      if (nextReferralState(what, side, referral) === undefined) return { kind: 'gone' };
      return work(tx, row, referral, new Date(now()));
    });

  return {
    async mayGet(actor, caseId, agencyIds) {
      const [row] = await db
        .select()
        .from(cases)
        .where(and(eq(cases.id, caseId), eq(cases.agencyId, actor.agencyId)));
      if (!row) return [];
      const open = await openAgencies(db);
      const allowed = [];
      for (const agencyId of agencyIds)
        if (await canGet(db, open, row, agencyId, 'move')) allowed.push(agencyId);
      return allowed;
    },

    async offer(actor, caseId, offer, id) {
      const at = new Date(now());
      const inForce = grounds.on(vietnamDay(at.getTime()), offer.kind);
      if (offerFault(offer) !== undefined || !inForce.some((ground) => ground.id === offer.ground))
        return { kind: 'incomplete' };
      const open = await openAgencies(db);
      return db.transaction(async (tx): Promise<OfferOutcome> => {
        const locked = await lockFor(tx, actor, caseId, 'offer');
        if ('refused' in locked) {
          const { kind } = locked.refused;
          return { kind: kind === 'not_found' || kind === 'closed' ? kind : 'not_yours' };
        }
        const { row } = locked;
        const sentBefore = await tx.$count(
          referrals,
          and(eq(referrals.id, id), eq(referrals.caseId, caseId)),
        );
        if (sentBefore > 0) return { kind: 'done' };
        const { toAgency, kind, reason, ground, consent } = offer;
        if (!(await canGet(tx, open, row, toAgency, kind))) return { kind: 'cannot_get_it' };
        const seal = (purpose: string, text: string) =>
          ports.sealer.sealForCase(tx, row.reportId, `${purpose}:${id}`, text.trim());
        // Sealed to them already now, while this member's keys can; usable only once they accepted.
        await ports.keyring.grantCase(tx, actor.keys, row.reportId, toAgency);
        await tx.insert(referrals).values({
          id,
          caseId,
          kind,
          fromAgency: row.agencyId,
          toAgency,
          state: 'offered',
          reason,
          ground,
          consent,
          sealedWords: await seal('referral words', offer.words),
          sealedOverride: consent === 'override' ? await seal('referral override', offer.override) : null,
          offeredBy: actor.staffId,
          offeredAt: at,
        });
        await recordEvent(tx, {
          caseId,
          kind: 'referral_offered',
          at,
          staffId: actor.staffId,
          detail: { referral: id, to: toAgency, as: kind, reason, ground, consent },
        });
        await publishQueueChange(tx, toAgency);
        await publishQueueChange(tx, actor.agencyId);
        return { kind: 'done' };
      });
    },

    async offered(actor) {
      const rows = await db
        .select({ referral: referrals, row: cases })
        .from(referrals)
        .innerJoin(cases, eq(cases.id, referrals.caseId))
        .where(and(eq(referrals.toAgency, actor.agencyId), eq(referrals.state, 'offered')))
        .orderBy(asc(referrals.offeredAt));
      const bundles = [];
      for (const { referral, row } of rows)
        if (!(await ports.exclusions.isExcluded(db, row.reportId, actor.agencyId)))
          bundles.push(toBundle(referral, row));
      return bundles.sort(
        (one, other) => Number(other.urgency === 'urgent') - Number(one.urgency === 'urgent'),
      );
    },

    see: (actor, id) =>
      db.transaction(async (tx) => {
        const [found] = await tx
          .select({ referral: referrals, row: cases })
          .from(referrals)
          .innerJoin(cases, eq(cases.id, referrals.caseId))
          .where(
            and(eq(referrals.id, id), eq(referrals.toAgency, actor.agencyId), eq(referrals.state, 'offered')),
          );
        if (!found) return undefined;
        const { referral, row } = found;
        if (await ports.exclusions.isExcluded(tx, row.reportId, actor.agencyId)) return undefined;
        await recordEvent(tx, {
          caseId: row.id,
          kind: 'referral_seen',
          at: new Date(now()),
          staffId: actor.staffId,
          detail: { referral: id },
        });
        const words =
          referral.sealedWords === null
            ? ''
            : await ports.sealer.openWithCase(
                tx,
                actor.keys,
                row.reportId,
                `referral words:${id}`,
                referral.sealedWords,
              );
        return { bundle: toBundle(referral, row), words };
      }),

    accept: (actor, id) =>
      answer(actor, id, 'receiving', 'accept', async (tx, row, referral, at) => {
        const settling = { row, at, staffId: actor.staffId };
        // An exclusion may have come between the offer and this.
        if (await ports.exclusions.isExcluded(tx, row.reportId, actor.agencyId)) {
          await settle(tx, ports, settling, referral, 'withdrawn', 'excluded');
          return { kind: 'gone' };
        }
        await tx
          .update(referrals)
          .set({ state: 'accepted', answeredAt: at, answeredBy: actor.staffId })
          .where(eq(referrals.id, id));
        await recordEvent(tx, {
          caseId: row.id,
          kind: 'referral_accepted',
          at,
          staffId: actor.staffId,
          detail: { referral: id, to: actor.agencyId, as: referral.kind },
        });
        if (referral.kind === 'move') await moveTo(tx, ports, actor, row, id, at);
        await publishQueueChange(tx, referral.fromAgency);
        await publishQueueChange(tx, actor.agencyId);
        return { kind: 'done', caseId: row.id };
      }),

    reject: (actor, id, reason) =>
      answer(actor, id, 'receiving', 'reject', async (tx, row, referral, at) => {
        if (reason === 'conflict_of_interest') await ports.exclusions.exclude(tx, row.reportId, actor, at);
        const settling = { row, at, staffId: actor.staffId };
        await settle(tx, ports, settling, referral, 'rejected', reason);
        if (reason === 'conflict_of_interest') await endForExcluded(tx, ports, settling);
        return { kind: 'done', caseId: row.id };
      }),

    withdraw: (actor, id, reason) =>
      answer(actor, id, 'offering', 'withdraw', async (tx, row, referral, at) => {
        await settle(tx, ports, { row, at, staffId: actor.staffId }, referral, 'withdrawn', reason);
        return { kind: 'done', caseId: row.id };
      }),

    end: (actor, id, reason) =>
      answer(actor, id, 'offering', 'end', async (tx, row, referral, at) => {
        await settle(tx, ports, { row, at, staffId: actor.staffId }, referral, 'ended', reason);
        return { kind: 'done', caseId: row.id };
      }),

    async shared(actor) {
      const rows = await db
        .selectDistinctOn([cases.id], { row: cases, name: staff.name })
        .from(referrals)
        .innerJoin(cases, eq(cases.id, referrals.caseId))
        .leftJoin(staff, eq(staff.id, cases.takenBy))
        .where(
          and(
            eq(referrals.toAgency, actor.agencyId),
            eq(referrals.kind, 'open'),
            eq(referrals.state, 'accepted'),
            ne(cases.state, 'closed'),
            ne(cases.agencyId, actor.agencyId),
          ),
        );
      const seen = [];
      for (const { row, name } of rows)
        if (!(await ports.exclusions.isExcluded(db, row.reportId, actor.agencyId)))
          seen.push(toQueueRow(row, name));
      return seen;
    },
  };
}

/** The case is the accepting agency's: other offers of the former one end, and so does its right to see the case. */
async function moveTo(
  tx: Db,
  ports: CasePorts,
  actor: CaseActor,
  row: CaseRow,
  referralId: string,
  at: Date,
): Promise<void> {
  await tx
    .update(cases)
    .set({ agencyId: actor.agencyId, state: 'accepted', takenBy: actor.staffId, acceptedAt: at })
    .where(eq(cases.id, row.id));
  await ports.agencies.leadMoved(
    tx,
    { caseId: row.id, reportId: row.reportId, agencyId: actor.agencyId },
    at,
  );
  const settling = { row, at, staffId: actor.staffId };
  await withdrawOffers(tx, ports, settling, 'moved', referralId);
  const [opened] = await tx
    .select()
    .from(referrals)
    .where(
      and(
        eq(referrals.caseId, row.id),
        eq(referrals.toAgency, actor.agencyId),
        eq(referrals.kind, 'open'),
        eq(referrals.state, 'accepted'),
      ),
    );
  // It leads now; being opened to itself would mean nothing.
  if (opened)
    await tx
      .update(referrals)
      .set({ state: 'ended', answerReason: 'moved' })
      .where(eq(referrals.id, opened.id));
  await ports.keyring.revokeCase(tx, row.reportId, row.agencyId);
}

function toBundle(referral: ReferralRow, row: CaseRow): OfferBundle {
  return {
    id: referral.id,
    kind: referral.kind as OfferKind,
    caseNumber: row.number,
    category: row.category,
    urgency: row.urgency,
    state: row.state,
    openedAt: row.openedAt,
    fromAgency: referral.fromAgency,
    reason: referral.reason as OfferReason,
    ground: referral.ground ?? '',
    offeredAt: referral.offeredAt,
    ...(row.placeCode === null ? {} : { placeCode: row.placeCode }),
  };
}
