import { randomUUID } from 'node:crypto';
import { and, count, eq, lt, max, sql } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import { vietnamDay } from '../directory/vietnam-day.js';
import { acceptBy, type Deadlines } from '../reports/deadlines.js';
import { recordEvent } from './case-events.js';
import type { Db } from './database.js';
import { publishQueueChange } from './news.js';
import { caseMessages, cases, mailboxes, reports, secondCodes } from './schema.js';
import { openAgencies } from './staff.js';

/** `nobody_open`: no competent agency has staff yet; the report waits and is tried again. */
export type DispatchOutcome =
  | { kind: 'opened'; caseId: string; agencyId: string }
  | { kind: 'already_done' }
  | { kind: 'nobody_open' };

export interface DispatchParts {
  readonly db: Db;
  readonly directory: Directory;
  readonly deadlines: Deadlines;
  readonly now: () => number;
}

/**
 * Puts a report on the desk of the competent agency: routes it and opens its case, in one transaction. Harmless when
 * run twice or by two processes at once: the report's row is locked and a report has at most one case.
 */
export async function dispatchReport(parts: DispatchParts, reportId: string): Promise<DispatchOutcome> {
  const open = await openAgencies(parts.db);
  return parts.db.transaction(async (tx): Promise<DispatchOutcome> => {
    const [report] = await tx
      .select({
        category: reports.category,
        urgency: reports.urgency,
        placeCode: reports.placeCode,
        accusedOffice: reports.accusedOffice,
        receivedAt: reports.receivedAt,
      })
      .from(reports)
      .where(and(eq(reports.id, reportId), eq(reports.state, 'waiting')))
      .for('update');
    if (!report) return { kind: 'already_done' };
    const competence = parts.directory.competentFor({
      category: report.category,
      ...(report.placeCode === null ? {} : { placeCode: report.placeCode }),
      on: vietnamDay(report.receivedAt.getTime()),
      isOpen: (agencyId) => open.has(agencyId),
      excluded:
        report.accusedOffice === null || report.placeCode === null
          ? []
          : [parts.directory.communeAgencyId(report.accusedOffice, report.placeCode)],
    });
    const agencyId = competence.lead.id;
    if (!open.has(agencyId)) return { kind: 'nobody_open' };
    const caseId = randomUUID();
    const now = new Date(parts.now());
    const [waiting] = await tx
      .select({ count: count(), last: max(caseMessages.at) })
      .from(caseMessages)
      .where(eq(caseMessages.reportId, reportId));
    const underPressureAt = await pressedAt(tx, reportId);
    await tx.insert(cases).values({
      id: caseId,
      number: await nextNumber(tx, now),
      reportId,
      agencyId,
      basis: competence.basis,
      category: report.category,
      urgency: report.urgency,
      placeCode: report.placeCode,
      state: 'new',
      openedAt: now,
      // Deadlines run from the moment of the report, not from when we got round to it.
      acceptBy: acceptBy(parts.deadlines, report.urgency, report.receivedAt),
      unread: waiting?.count ?? 0,
      lastMessageAt: waiting?.last ?? null,
      underPressureAt,
    });
    await recordEvent(tx, { caseId, kind: 'opened', at: now });
    if (underPressureAt) await recordEvent(tx, { caseId, kind: 'under_pressure', at: underPressureAt });
    await tx.update(reports).set({ state: 'dispatched' }).where(eq(reports.id, reportId));
    await publishQueueChange(tx, agencyId);
    return { kind: 'opened', caseId, agencyId };
  });
}

/** When the reporter's second code was used, before there was a case to mark. */
async function pressedAt(tx: Db, reportId: string): Promise<Date | null> {
  const [found] = await tx
    .select({ usedAt: secondCodes.usedAt })
    .from(secondCodes)
    .innerJoin(mailboxes, eq(mailboxes.id, secondCodes.mailboxId))
    .where(eq(mailboxes.reportId, reportId));
  return found?.usedAt ?? null;
}

/** Ids of reports that have waited longer than they should: what a crash or a missing agency left behind. */
export async function waitingReports(db: Db, receivedBefore: Date): Promise<string[]> {
  const rows = await db
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.state, 'waiting'), lt(reports.receivedAt, receivedBefore)))
    .orderBy(sql`${reports.urgency} desc`, reports.receivedAt)
    .limit(500);
  return rows.map((row) => row.id);
}

/** How many reports wait for an agency. */
export const countWaitingReports = (db: Db): Promise<number> =>
  db.$count(reports, eq(reports.state, 'waiting'));

/** "26-0042": the year and a running number, for people to say aloud. */
async function nextNumber(tx: Db, now: Date): Promise<string> {
  const result = (await tx.execute(
    sql`select nextval('lang_nghe.case_numbers')::int as number`,
  )) as unknown as {
    rows: { number: number }[];
  };
  const number = result.rows[0]?.number ?? 0;
  return `${vietnamDay(now.getTime()).slice(2, 4)}-${String(number).padStart(4, '0')}`;
}
