import { and, asc, count, desc, eq, gte, inArray, max, notInArray, sql } from 'drizzle-orm';
import type { CaseActor, CaseEventKind, EventDetail } from '../reports/case.js';
import { LOOK_KINDS } from '../reports/case-events.js';
import type { CaseLife, MoveOutcome } from '../reports/case-life.js';
import type { CaseAct } from '../reports/case-moves.js';
import { CASE_ROLES } from '../staff/staff.js';
import { recordEvent } from './case-events.js';
import { lockFor } from './case-lock.js';
import { type CaseRow, toQueueRow } from './case-rows.js';
import type { Db } from './database.js';
import { type CaseLifeParts, handBack } from './hand-back.js';
import { publishQueueChange } from './news.js';
import { mayCooperate } from './open-referrals.js';
import { caseEvents, caseNotes, cases, staff } from './schema.js';

const MOST_LOOKS = 500;

/** How a case goes on at its agency, on the database. */
export function createCaseLife(parts: CaseLifeParts): CaseLife {
  const { db, ports } = parts;

  /** One act on a case: judged under its lock, written, put on record. `more` may refuse or add to what is written. */
  const act = (
    actor: CaseActor,
    caseId: string,
    what: CaseAct,
    kind: CaseEventKind,
    more: (
      tx: Db,
      row: CaseRow,
      now: Date,
    ) => Promise<{ set?: Partial<CaseRow>; detail?: EventDetail } | MoveOutcome>,
  ): Promise<MoveOutcome> =>
    db.transaction(async (tx): Promise<MoveOutcome> => {
      const locked = await lockFor(tx, actor, caseId, what);
      if ('refused' in locked) return locked.refused;
      const now = new Date(parts.now());
      const also = await more(tx, locked.row, now);
      if ('kind' in also) return also;
      await tx
        .update(cases)
        .set({ state: locked.to, ...also.set })
        .where(eq(cases.id, caseId));
      await ports.clocks.settle(tx, caseId, now);
      await recordEvent(tx, {
        caseId,
        kind,
        at: now,
        staffId: actor.staffId,
        ...(also.detail === undefined ? {} : { detail: also.detail }),
      });
      await publishQueueChange(tx, actor.agencyId);
      return { kind: 'done' };
    });

  const colleagueOf = (actor: CaseActor) =>
    and(
      eq(staff.agencyId, actor.agencyId),
      eq(staff.disabled, false),
      inArray(staff.role, [...CASE_ROLES]),
      sql`${staff.passphraseHash} is not null`,
    );
  /** The case's row when this agency leads it or it was opened to them. */
  const visible = async (tx: Db, actor: CaseActor, caseId: string): Promise<CaseRow | undefined> => {
    const [row] = await tx.select().from(cases).where(eq(cases.id, caseId));
    if (!row || row.agencyId === actor.agencyId) return row;
    return (await mayCooperate(tx, ports, row, actor.agencyId)) ? row : undefined;
  };

  return {
    move: (actor, caseId, to) =>
      act(actor, caseId, to, to === 'assess' ? 'assessing' : 'supporting', async () => ({})),

    handOver: (actor, caseId, colleagueId) =>
      act(actor, caseId, 'hand_over', 'handed_over', async (tx, row) => {
        const [colleague] = await tx
          .select({ id: staff.id })
          .from(staff)
          .where(and(eq(staff.id, colleagueId), colleagueOf(actor)));
        if (!colleague || colleague.id === row.takenBy) return { kind: 'no_such_colleague' };
        return { set: { takenBy: colleague.id }, detail: { to: colleague.id } };
      }),

    giveBack: (actor, caseId, reason) =>
      act(actor, caseId, 'give_back', 'given_back', async () => ({
        set: { takenBy: null, acceptedAt: null },
        detail: { reason },
      })),

    handBack: (actor, caseId, reason) => handBack(parts, actor, caseId, reason),

    reopen: (actor, caseId, reason) =>
      act(actor, caseId, 'reopen', 'reopened', async (_tx, row, now) => ({
        set: { takenBy: actor.staffId, acceptedAt: now, closedAt: null, outcome: null },
        detail: { reason, ...(row.outcome === null ? {} : { outcome: row.outcome }) },
      })),

    note: (actor, caseId, text, noteId) =>
      db.transaction(async (tx) => {
        const row = await visible(tx, actor, caseId);
        if (!row) return { kind: 'not_found' };
        const at = new Date(parts.now());
        const sealedContent = await ports.sealer.sealForCase(tx, row.reportId, `note:${noteId}`, text);
        const written = await tx
          .insert(caseNotes)
          .values({ id: noteId, caseId, staffId: actor.staffId, sealedContent, at })
          .onConflictDoNothing()
          .returning({ id: caseNotes.id });
        if (written.length > 0) await recordEvent(tx, { caseId, kind: 'noted', at, staffId: actor.staffId });
        return { kind: 'done' };
      }),

    colleagues: (actor) =>
      db
        .select({ staffId: staff.id, name: staff.name })
        .from(staff)
        .where(colleagueOf(actor))
        .orderBy(asc(staff.name)),

    async glance(actor, caseId) {
      const row = await visible(db, actor, caseId);
      if (!row) return undefined;
      const [holder] =
        row.takenBy === null
          ? []
          : await db.select({ name: staff.name }).from(staff).where(eq(staff.id, row.takenBy));
      const [news] = await db
        .select({ last: max(caseEvents.position) })
        .from(caseEvents)
        .where(and(eq(caseEvents.caseId, caseId), notInArray(caseEvents.kind, [...LOOK_KINDS])));
      return { ...toQueueRow(row, holder?.name ?? null), lastNews: news?.last ?? 0 };
    },

    async looks(actor, since) {
      const rows = await db
        .select({
          caseId: cases.id,
          caseNumber: cases.number,
          staffName: staff.name,
          agencyId: staff.agencyId,
          times: count(),
          last: max(caseEvents.at),
        })
        .from(caseEvents)
        .innerJoin(cases, eq(cases.id, caseEvents.caseId))
        .innerJoin(staff, eq(staff.id, caseEvents.staffId))
        .where(
          and(
            gte(caseEvents.at, since),
            inArray(caseEvents.kind, [...LOOK_KINDS]),
            eq(cases.agencyId, actor.agencyId),
          ),
        )
        .groupBy(cases.id, cases.number, staff.id, staff.name, staff.agencyId)
        .orderBy(desc(max(caseEvents.at)), asc(staff.name))
        .limit(MOST_LOOKS);
      return rows.map(({ agencyId, last, ...row }) => ({
        ...row,
        last: last ?? since,
        ...(agencyId === null ? {} : { agencyId }),
      }));
    },
  };
}
