import { randomUUID } from 'node:crypto';
import { and, count, eq, lt, max, sql } from 'drizzle-orm';
import { NobodyLeft } from '../directory/competence.js';
import type { Agency, Directory } from '../directory/directory.js';
import { vietnamDay } from '../directory/vietnam-day.js';
import { acceptBy } from '../reports/deadlines.js';
import { mayHold } from '../reports/may-hold.js';
import { openAgencies } from './agency-keys.js';
import { noteAgencies } from './case-agencies.js';
import { recordEvent } from './case-events.js';
import { agenciesHolding } from './case-keys.js';
import { type ClockParts, settleClocks } from './clocks.js';
import type { Db } from './database.js';
import { excludeAccused, excludedFrom } from './exclusions.js';
import { publishQueueChange } from './news.js';
import { type RoutedReport, route } from './route.js';
import { caseMessages, cases, mailboxes, reports, secondCodes } from './schema.js';

/**
 * `nobody_open`: no competent agency has staff who could open it; the report waits, is tried again, and is an alarm ·
 * `undecided`: everybody who could take it is excluded; it waits for an administrator (`Undecided`).
 */
export type DispatchOutcome =
  | { kind: 'opened'; caseId: string; agencyId: string }
  | { kind: 'already_done' }
  | { kind: 'nobody_open' }
  | { kind: 'undecided' };

export interface DispatchParts extends ClockParts {
  readonly db: Db;
  readonly directory: Directory;
  readonly now: () => number;
}

/**
 * Puts a report on the desk of the competent agency that can open it: routes it and opens its case, in one transaction. Harmless when
 * run twice or by two processes at once: the report's row is locked and a report has at most one case.
 */
export async function dispatchReport(parts: DispatchParts, reportId: string): Promise<DispatchOutcome> {
  const open = await openAgencies(parts.db);
  return parts.db.transaction(async (tx): Promise<DispatchOutcome> => {
    const report = await lockReport(tx, reportId, 'waiting');
    if (!report) return { kind: 'already_done' };
    const now = new Date(parts.now());
    await excludeAccused(tx, parts.directory, reportId, now);
    const holding = new Set(await agenciesHolding(tx, reportId));
    const excluded = await excludedFrom(tx, reportId);
    const able = new Set([...open].filter((id) => holding.has(id) && mayHold(parts.directory, excluded, id)));
    const competence = route(parts.directory, report, able, excluded);
    if (competence instanceof NobodyLeft) {
      await tx.update(reports).set({ state: 'undecided' }).where(eq(reports.id, reportId));
      return { kind: 'undecided' };
    }
    if (!able.has(competence.lead.id)) return { kind: 'nobody_open' };
    // Named for information are all that are open: whoever cooperates holds no key.
    const named = route(parts.directory, report, open, excluded);
    const cooperating =
      named instanceof NobodyLeft ? [] : named.cooperating.filter(({ id }) => id !== competence.lead.id);
    const caseId = await openCase(tx, parts, report, { ...competence, cooperating }, now);
    return { kind: 'opened', caseId, agencyId: competence.lead.id };
  });
}

/** A report that has no case yet. */
type WaitingReport = RoutedReport & Pick<typeof reports.$inferSelect, 'urgency'>;

/** Locks a report that has no case yet. */
export async function lockReport(
  tx: Db,
  reportId: string,
  state: 'waiting' | 'undecided',
): Promise<WaitingReport | undefined> {
  const [report] = await tx
    .select({
      id: reports.id,
      category: reports.category,
      urgency: reports.urgency,
      placeCode: reports.placeCode,
      receivedAt: reports.receivedAt,
    })
    .from(reports)
    .where(and(eq(reports.id, reportId), eq(reports.state, state)))
    .for('update');
  return report;
}

/**
 * Opens the case of a report with its lead agency, inside the transaction that locked the report. Resolves with its id.
 * @param decidedBy the administrator who chose the agency; absent: the rules did
 */
export async function openCase(
  tx: Db,
  clocks: ClockParts,
  report: WaitingReport,
  around: {
    readonly lead: Agency;
    readonly above: readonly Agency[];
    readonly cooperating: readonly Agency[];
    readonly basis: string;
  },
  now: Date,
  decidedBy?: string,
): Promise<string> {
  const caseId = randomUUID();
  const [waiting] = await tx
    .select({ count: count(), last: max(caseMessages.at) })
    .from(caseMessages)
    .where(eq(caseMessages.reportId, report.id));
  const underPressureAt = await pressedAt(tx, report.id);
  await tx.insert(cases).values({
    id: caseId,
    number: await nextNumber(tx, now),
    reportId: report.id,
    agencyId: around.lead.id,
    basis: around.basis,
    category: report.category,
    urgency: report.urgency,
    placeCode: report.placeCode,
    state: 'new',
    openedAt: now,
    // Deadlines run from the moment of the report, not from when we got round to it.
    acceptBy: acceptBy(clocks.deadlines, report.urgency, report.receivedAt),
    unread: waiting?.count ?? 0,
    lastMessageAt: waiting?.last ?? null,
    underPressureAt,
  });
  await noteAgencies(tx, caseId, around, now);
  await recordEvent(tx, {
    caseId,
    at: now,
    kind: decidedBy === undefined ? 'opened' : 'decided',
    ...(decidedBy === undefined ? {} : { staffId: decidedBy }),
  });
  if (underPressureAt) await recordEvent(tx, { caseId, kind: 'under_pressure', at: underPressureAt });
  await tx.update(reports).set({ state: 'dispatched' }).where(eq(reports.id, report.id));
  await settleClocks(tx, clocks, caseId, now);
  await publishQueueChange(tx, around.lead.id);
  return caseId;
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

/** How many reports wait for an agency, and how many for an administrator's decision. */
export async function countWaitingReports(db: Db): Promise<{ waiting: number; undecided: number }> {
  return {
    waiting: await db.$count(reports, eq(reports.state, 'waiting')),
    undecided: await db.$count(reports, eq(reports.state, 'undecided')),
  };
}

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
