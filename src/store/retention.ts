import { and, asc, eq, isNull, lt, max, sql } from 'drizzle-orm';
import {
  type Retention,
  type RetentionFacts,
  type RetentionState,
  retentionState,
} from '../reports/retention.js';
import type { Db } from './database.js';
import { caseHolds, caseMessages, cases, mailboxes } from './schema.js';

const DAY = 24 * 3_600_000;
const PAGE = 200;

export interface RetentionParts {
  readonly db: Db;
  readonly rules: Retention;
  readonly now: () => number;
}

/** Of one case: what retention would do now. */
export interface RetentionLine extends RetentionState {
  readonly caseId: string;
  readonly number: string;
}

/** Ids of cases whose time has come, at most `limit`; each is looked at again under its lock. */
export async function casesDueForErasure(parts: RetentionParts, limit = 500): Promise<string[]> {
  const due: string[] = [];
  for await (const { kind, caseId } of retentionPlan(parts)) {
    if (kind === 'due') due.push(caseId);
    if (due.length === limit) break;
  }
  return due;
}

/** Every closed case whose content has lain as long as it should at least, longest first: what goes, and what the others wait for. */
export async function* retentionPlan({ db, rules, now }: RetentionParts): AsyncGenerator<RetentionLine> {
  const at = new Date(now());
  const closedBefore = new Date(at.getTime() - rules.content_days * DAY + 1);
  for (let after: { readonly closedAt: Date; readonly id: string } | undefined; ; ) {
    const rows = await db
      .select({ id: cases.id, number: cases.number, closedAt: cases.closedAt })
      .from(cases)
      .where(
        and(
          eq(cases.state, 'closed'),
          isNull(cases.erasedAt),
          lt(cases.closedAt, closedBefore),
          after &&
            sql`(${cases.closedAt}, ${cases.id}) > (${after.closedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
        ),
      )
      .orderBy(asc(cases.closedAt), asc(cases.id))
      .limit(PAGE);
    for (const { id, number } of rows) {
      const facts = await retentionFacts(db, id);
      if (facts) yield { caseId: id, number, ...retentionState(rules, facts, at) };
    }
    const last = rows.at(-1);
    if (!last?.closedAt || rows.length < PAGE) return;
    after = { closedAt: last.closedAt, id: last.id };
  }
}

/** Until when the content of the case of this report stays as things stand; undefined while it is open. */
export async function keptUntil(tx: Db, rules: Retention, reportId: string): Promise<Date | undefined> {
  const [found] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.reportId, reportId));
  const facts = found && (await retentionFacts(tx, found.id));
  return facts && retentionState(rules, facts, new Date(0)).until;
}

/** What decides how long this case stays. */
export async function retentionFacts(tx: Db, caseId: string): Promise<RetentionFacts | undefined> {
  const [row] = await tx.select().from(cases).where(eq(cases.id, caseId));
  if (!row) return undefined;
  const [wrote] = await tx
    .select({ at: max(caseMessages.at) })
    .from(caseMessages)
    .where(and(eq(caseMessages.reportId, row.reportId), eq(caseMessages.from, 'reporter')));
  const unreadReplies = await tx.$count(
    caseMessages,
    and(eq(caseMessages.reportId, row.reportId), eq(caseMessages.from, 'staff'), isNull(caseMessages.seenAt)),
  );
  // Who has closed their side comes back for nothing.
  const isGone = (await tx.$count(mailboxes, eq(mailboxes.reportId, row.reportId))) === 0;
  const holds = await tx.$count(caseHolds, and(eq(caseHolds.caseId, caseId), isNull(caseHolds.liftedAt)));
  return {
    ...(row.state === 'closed' && row.closedAt !== null ? { closedAt: row.closedAt } : {}),
    ...(wrote?.at ? { reporterWroteAt: wrote.at } : {}),
    hasUnreadReply: unreadReplies > 0 && !isGone,
    unread: row.unread,
    held: holds > 0,
  };
}
