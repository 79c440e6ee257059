import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { vietnamDay } from '../directory/vietnam-day.js';
import { type RetentionState, retentionState } from '../reports/retention.js';
import { recordEvent } from './case-events.js';
import { shredCase } from './case-keys.js';
import type { Db } from './database.js';
import { type RetentionParts, retentionFacts } from './retention.js';
import {
  caseAgencies,
  caseClocks,
  caseHolds,
  caseLinks,
  caseMessages,
  caseNotes,
  caseStatistics,
  caseSteps,
  cases,
  evidence,
  fileKeys,
  mailboxes,
  outbox,
  referrals,
  reports,
  ringRounds,
  rings,
  talks,
} from './schema.js';

const HOUR = 3_600_000;

/**
 * Deletes what a case was about, when its time has come: everything or nothing, and never at the same time as the reporter
 * writes (both lock the report). Keeps the stub and a line for counting. Harmless when run twice.
 */
export function eraseCase(
  { db, rules, now }: RetentionParts,
  caseId: string,
): Promise<'erased' | RetentionState['kind'] | 'gone'> {
  return db.transaction(async (tx) => {
    const [found] = await tx.select({ reportId: cases.reportId }).from(cases).where(eq(cases.id, caseId));
    if (!found) return 'gone';
    await lockReporterSide(tx, found.reportId);
    const [report] = await tx.select().from(reports).where(eq(reports.id, found.reportId)).for('update');
    const [row] = await tx.select().from(cases).where(eq(cases.id, caseId)).for('update');
    const facts = row && (await retentionFacts(tx, caseId));
    if (!report || !row || !facts || row.erasedAt !== null) return 'gone';
    const at = new Date(now());
    const { kind } = retentionState(rules, facts, at);
    if (kind !== 'due') return kind;
    await keepStatistics(tx, report, row);
    for (const { erase } of ERASED) await erase(tx, { reportId: report.id, caseId });
    await tx
      .update(cases)
      .set({
        // Of the case's own id nothing leads anywhere.
        reportId: caseId,
        category: 'other',
        urgency: 'normal',
        placeCode: null,
        basis: '',
        outcome: null,
        feedback: null,
        takenBy: null,
        unread: 0,
        lastMessageAt: null,
        underPressureAt: null,
        reporterLeftAt: null,
        dueAt: null,
        dueClock: null,
        erasedAt: at,
      })
      .where(eq(cases.id, caseId));
    await recordEvent(tx, { caseId, kind: 'erased', at });
    return 'erased';
  });
}

/** Talk, mailbox, then report and case: the order in which a reporter's turn takes them, so that neither waits for the other. */
async function lockReporterSide(tx: Db, reportId: string): Promise<void> {
  const own = eq(mailboxes.reportId, reportId);
  const tied = await tx.select({ talkId: mailboxes.talkId }).from(mailboxes).where(own);
  const talkIds = tied.flatMap(({ talkId }) => talkId ?? []).sort();
  for (const id of talkIds)
    await tx.select({ id: talks.id }).from(talks).where(eq(talks.id, id)).for('update');
  await tx.select({ id: mailboxes.id }).from(mailboxes).where(own).for('update');
}

interface Doomed {
  readonly reportId: string;
  readonly caseId: string;
}

/**
 * What is deleted of a case, in this order: keys first (crypto-shredding: without them nothing of the rest can be opened,
 * wherever a copy of it lies). `tables`: every table that holds something of a case is named here or in `KEPT`; a test of
 * the whole schema fails on one that is not.
 */
export const ERASED: readonly {
  readonly tables: readonly string[];
  readonly erase: (tx: Db, doomed: Doomed) => Promise<unknown>;
}[] = [
  // The keys of files, and with them what they open.
  {
    tables: ['file_keys'],
    erase: (tx, { reportId }) => tx.delete(fileKeys).where(eq(fileKeys.reportId, reportId)),
  },
  { tables: ['case_keys', 'case_key_copies'], erase: (tx, { reportId }) => shredCase(tx, reportId) },
  {
    tables: ['outbox'],
    erase: (tx, { reportId }) =>
      tx
        .delete(outbox)
        .where(
          inArray(
            outbox.replyId,
            tx.select({ id: caseMessages.id }).from(caseMessages).where(eq(caseMessages.reportId, reportId)),
          ),
        ),
  },
  // Parts, and who opened it, go with their file.
  {
    tables: ['evidence', 'evidence_parts', 'evidence_looks'],
    erase: (tx, { reportId }) => tx.delete(evidence).where(eq(evidence.reportId, reportId)),
  },
  {
    tables: ['case_notes', 'referrals'],
    async erase(tx, { caseId }) {
      await tx.delete(caseNotes).where(eq(caseNotes.caseId, caseId));
      await tx.delete(referrals).where(eq(referrals.caseId, caseId));
    },
  },
  {
    tables: ['case_clocks', 'case_steps', 'ring_rounds', 'rings'],
    async erase(tx, { caseId }) {
      for (const table of [caseClocks, caseSteps, ringRounds, rings])
        await tx.delete(table).where(eq(table.caseId, caseId));
    },
  },
  // A reply that waits for its hour goes with the message.
  {
    tables: ['case_messages', 'deferred_replies'],
    erase: (tx, { reportId }) => tx.delete(caseMessages).where(eq(caseMessages.reportId, reportId)),
  },
  // The second code goes with its mailbox.
  { tables: ['mailboxes', 'second_codes', 'talks'], erase: eraseMailbox },
  {
    tables: ['case_agencies'],
    erase: (tx, { caseId }) => tx.delete(caseAgencies).where(eq(caseAgencies.caseId, caseId)),
  },
  {
    tables: ['case_holds'],
    erase: (tx, { caseId }) => tx.delete(caseHolds).where(eq(caseHolds.caseId, caseId)),
  },
  {
    tables: ['case_links'],
    erase: (tx, { caseId }) =>
      tx.delete(caseLinks).where(or(eq(caseLinks.firstId, caseId), eq(caseLinks.secondId, caseId))),
  },
  // Who was kept out goes with the report.
  {
    tables: ['reports', 'report_exclusions'],
    erase: (tx, { reportId }) => tx.delete(reports).where(eq(reports.id, reportId)),
  },
];

/** Tables with something of a case that stay: the stub, and its chain of events, which holds ids, kinds and times only. */
export const KEPT: readonly string[] = ['cases', 'case_events'];

/** The mailbox, and the talk that only it kept: `purge` deletes quiet talks, but not those a mailbox may write to. */
async function eraseMailbox(tx: Db, { reportId }: Doomed): Promise<void> {
  const rows = await tx
    .delete(mailboxes)
    .where(eq(mailboxes.reportId, reportId))
    .returning({ talkId: mailboxes.talkId });
  for (const { talkId } of rows) {
    if (talkId === null) continue;
    const others = await tx.$count(mailboxes, eq(mailboxes.talkId, talkId));
    if (others === 0) await tx.delete(talks).where(and(eq(talks.id, talkId), isNull(talks.sealedState)));
  }
}

/** Hours, not moments: the months and hours of a commune can still be few, see docs/threat-model.md. */
async function keepStatistics(
  tx: Db,
  report: typeof reports.$inferSelect,
  row: typeof cases.$inferSelect,
): Promise<void> {
  const [first] = await tx
    .select({ at: sql<string | null>`min(${caseMessages.at})` })
    .from(caseMessages)
    .where(and(eq(caseMessages.reportId, report.id), eq(caseMessages.from, 'staff')));
  const hours = (until: Date | null): number | null =>
    until === null ? null : Math.ceil((until.getTime() - report.receivedAt.getTime()) / HOUR);
  await tx.insert(caseStatistics).values({
    month: vietnamDay(report.receivedAt.getTime()).slice(0, 7),
    category: row.category,
    placeCode: row.placeCode,
    urgency: row.urgency,
    ageBand: report.ageBand,
    outcome: row.outcome,
    feedback: row.feedback,
    hoursToAccept: hours(row.acceptedAt),
    hoursToFirstReply: hours(first?.at ? new Date(first.at) : null),
    hoursToClose: hours(row.closedAt),
  });
}
