import { and, asc, desc, eq, gt, isNull, ne, type SQL } from 'drizzle-orm';
import type { ChannelName } from '../conversation/message.js';
import type { CaseActor, CaseDesk, CaseEventKind, CaseFile, WriteOutcome } from '../reports/case.js';
import { openReport, sealReply } from '../reports/keys.js';
import { recordEvent } from './case-events.js';
import { caseRecipient, openCaseKey } from './case-keys.js';
import { lockFor, staffName } from './case-lock.js';
import type { CasePorts } from './case-ports.js';
import { type CaseRow, readEvents, readMessages, toQueueRow } from './case-rows.js';
import { readWork } from './case-work.js';
import type { Db } from './database.js';
import { readEvidence } from './evidence-facts.js';
import { publishQueueChange } from './news.js';
import { withdrawOffers } from './open-referrals.js';
import { type ReplySink, sendReply } from './replies.js';
import { caseEvents, caseMessages, cases, mailboxes, reports, staff, talks } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

export interface CaseDeskParts {
  readonly db: Db;
  readonly cipher: ServiceCipher;
  readonly ports: CasePorts;
  readonly now: () => number;
  /** Takes a reply on its way to the reporter, as far as the contact wish allows. */
  readonly replies: ReplySink;
  /** How long after a person last wrote the channel lets us write, milliseconds; undefined where that does not matter. */
  readonly replyWindow: (
    channel: ChannelName,
  ) => { readonly free: number; readonly open: number } | undefined;
}

/** An agency's desk on the database. Every statement is held to the actor's own agency. */
export function createCaseDesk(parts: CaseDeskParts): CaseDesk {
  const { db } = parts;
  const ofAgency = (actor: CaseActor, caseId?: string): SQL | undefined =>
    and(eq(cases.agencyId, actor.agencyId), caseId === undefined ? undefined : eq(cases.id, caseId));

  const take = async (tx: Db, actor: CaseActor, row: CaseRow): Promise<void> => {
    const now = new Date(parts.now());
    await tx
      .update(cases)
      .set({ state: 'accepted', acceptedAt: now, takenBy: actor.staffId })
      .where(eq(cases.id, row.id));
    await record(tx, row.id, 'taken', now, actor.staffId);
    await parts.ports.clocks.settle(tx, row.id, now);
    await publishQueueChange(tx, actor.agencyId);
  };

  /** Locks the case and says whether this person may write in it. */
  const lockOwn = async (
    tx: Db,
    actor: CaseActor,
    caseId: string,
  ): Promise<{ row: CaseRow } | { refused: WriteOutcome }> => {
    const [row] = await tx.select().from(cases).where(ofAgency(actor, caseId)).for('update');
    if (!row) return { refused: { kind: 'not_found' } };
    if (row.state === 'closed') return { refused: { kind: 'closed' } };
    if (row.takenBy === actor.staffId) return { row };
    const by = row.takenBy === null ? undefined : await staffName(tx, row.takenBy);
    return { refused: { kind: 'not_yours', ...(by === undefined ? {} : { by }) } };
  };

  return {
    async queue(actor, options = {}) {
      const rows = await db
        .select({ row: cases, takenByName: staff.name })
        .from(cases)
        .leftJoin(staff, eq(staff.id, cases.takenBy))
        .where(
          and(
            ofAgency(actor),
            isNull(cases.erasedAt),
            options.closed ? eq(cases.state, 'closed') : ne(cases.state, 'closed'),
            options.mine ? eq(cases.takenBy, actor.staffId) : undefined,
          ),
        )
        .orderBy(
          ...(options.closed
            ? [desc(cases.closedAt)]
            : [desc(cases.urgency), asc(cases.dueAt), asc(cases.id)]),
        )
        .limit(options.limit ?? 50);
      return rows.map(({ row, takenByName }) => toQueueRow(row, takenByName));
    },

    async open(actor, caseId) {
      return db.transaction(async (tx) => {
        const [found] = await tx
          .select({
            row: cases,
            takenByName: staff.name,
            report: reports.sealedContent,
            wish: mailboxes.wish,
            hours: mailboxes.hours,
            channel: talks.channel,
            lastHeard: talks.lastHeard,
          })
          .from(cases)
          .innerJoin(reports, eq(reports.id, cases.reportId))
          .leftJoin(mailboxes, eq(mailboxes.reportId, cases.reportId))
          .leftJoin(talks, eq(talks.id, mailboxes.talkId))
          .leftJoin(staff, eq(staff.id, cases.takenBy))
          .where(eq(cases.id, caseId));
        if (!found) return undefined;
        const { row } = found;
        const work = await readWork(tx, parts.ports, actor, row);
        if (!work) return undefined;
        const opened = await openCaseKey(tx, actor.keys ?? { ...actor, identity: undefined }, row.reportId);
        const now = new Date(parts.now());
        await recordLook(tx, row.id, now, actor.staffId);
        // Seen means seen by the person who handles it; a colleague's glance does not clear the mark.
        if (row.takenBy === actor.staffId && row.unread > 0) await markSeen(tx, row, now);
        const file: CaseFile = {
          ...toQueueRow(row, found.takenByName),
          agencyId: row.agencyId,
          basis: row.basis,
          ...(row.outcome === null ? {} : { outcome: row.outcome }),
          ...(row.feedback === null ? {} : { feedback: row.feedback }),
          report: await openReport(found.report, opened),
          messages: await readMessages(tx, opened, row.reportId),
          ...work,
          events: await readEvents(tx, row.id),
          contactWish: found.wish ?? 'nothing',
          ...(found.hours === null ? {} : { contactHours: found.hours }),
          ...(row.underPressureAt === null ? {} : { underPressureAt: row.underPressureAt }),
          ...(row.reporterLeftAt === null ? {} : { reporterLeftAt: row.reporterLeftAt }),
          evidence: await readEvidence(tx, row.reportId, now),
          ...replyWindowOf(parts, found),
          ...(found.wish !== null && found.wish !== 'nothing' && found.channel === null
            ? { hasLeft: true as const }
            : {}),
        };
        return file;
      });
    },

    async take(actor, caseId) {
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(cases).where(ofAgency(actor, caseId)).for('update');
        if (!row) return { kind: 'not_found' };
        if (row.state === 'closed') return { kind: 'closed' };
        if (row.takenBy === actor.staffId) return { kind: 'taken' };
        if (row.takenBy !== null)
          return { kind: 'already_taken', by: (await staffName(tx, row.takenBy)) ?? '' };
        await take(tx, actor, row);
        return { kind: 'taken' };
      });
    },

    async takeNext(actor) {
      return db.transaction(async (tx) => {
        const next = () =>
          tx
            .select()
            .from(cases)
            .where(and(ofAgency(actor), eq(cases.state, 'new'), isNull(cases.takenBy)))
            .orderBy(desc(cases.urgency), asc(cases.dueAt), asc(cases.id))
            .limit(1);
        // Two people asking at once each get a case of their own. A row that only a clock or a ring
        // holds for a moment is waited for, so that a waiting case is never called "nothing waiting".
        const [free] = await next().for('update', { skipLocked: true });
        const [row] = free ? [free] : await next().for('update');
        if (!row) return undefined;
        await take(tx, actor, row);
        return row.id;
      });
    },

    async reply(actor, caseId, text, messageId) {
      const outcome = await db.transaction(
        async (tx): Promise<{ outcome: WriteOutcome; outboxId?: string }> => {
          const own = await lockOwn(tx, actor, caseId);
          if ('refused' in own) return { outcome: own.refused };
          const now = new Date(parts.now());
          const written = await tx
            .insert(caseMessages)
            .values({
              id: messageId,
              reportId: own.row.reportId,
              from: 'staff',
              staffId: actor.staffId,
              sealedContent: await sealAnswer(tx, own.row.reportId, text),
              at: now,
            })
            .onConflictDoNothing()
            .returning({ id: caseMessages.id });
          if (written.length === 0) return { outcome: { kind: 'done' } };
          await tx.update(cases).set({ lastMessageAt: now }).where(eq(cases.id, caseId));
          await record(tx, caseId, 'replied', now, actor.staffId);
          await parts.ports.clocks.settle(tx, caseId, now);
          await publishQueueChange(tx, actor.agencyId);
          const outboxId = await sendReply(
            tx,
            parts.cipher,
            parts.replies,
            own.row.reportId,
            messageId,
            text,
            now,
          );
          return { outcome: { kind: 'done' }, ...(outboxId === undefined ? {} : { outboxId }) };
        },
      );
      if (outcome.outboxId !== undefined) parts.replies.afterCommit(outcome.outboxId);
      return outcome.outcome;
    },

    async close(actor, caseId, outcome) {
      return db.transaction(async (tx) => {
        const own = await lockFor(tx, actor, caseId, 'close');
        if ('refused' in own) return own.refused;
        const now = new Date(parts.now());
        await tx.update(cases).set({ state: own.to, closedAt: now, outcome }).where(eq(cases.id, caseId));
        await recordEvent(tx, {
          caseId,
          kind: 'closed',
          at: now,
          staffId: actor.staffId,
          detail: { outcome },
        });
        await withdrawOffers(tx, parts.ports, { row: own.row, at: now, staffId: actor.staffId }, 'closed');
        await parts.ports.clocks.settle(tx, caseId, now);
        await publishQueueChange(tx, actor.agencyId);
        return { kind: 'done' };
      });
    },
  };
}

const record = (tx: Db, caseId: string, kind: CaseEventKind, at: Date, staffId: string): Promise<void> =>
  recordEvent(tx, { caseId, kind, at, staffId });

/** Opens with the case and with the reporter's code. */
async function sealAnswer(tx: Db, reportId: string, text: string): Promise<Uint8Array> {
  const boxes = await tx
    .select({ recipient: mailboxes.recipient })
    .from(mailboxes)
    .where(eq(mailboxes.reportId, reportId));
  return sealReply(
    text,
    await caseRecipient(tx, reportId),
    boxes.map(({ recipient }) => recipient),
  );
}

/** Looks of one person within a minute are one look: the page refreshes itself. */
async function recordLook(tx: Db, caseId: string, at: Date, staffId: string): Promise<void> {
  const justNow = and(
    eq(caseEvents.caseId, caseId),
    eq(caseEvents.kind, 'looked'),
    eq(caseEvents.staffId, staffId),
    gt(caseEvents.at, new Date(at.getTime() - 60_000)),
  );
  if ((await tx.$count(caseEvents, justNow)) === 0) await record(tx, caseId, 'looked', at, staffId);
}

async function markSeen(tx: Db, row: CaseRow, now: Date): Promise<void> {
  await tx
    .update(caseMessages)
    .set({ seenAt: now })
    .where(
      and(
        eq(caseMessages.reportId, row.reportId),
        eq(caseMessages.from, 'reporter'),
        isNull(caseMessages.seenAt),
      ),
    );
  await tx.update(cases).set({ unread: 0 }).where(eq(cases.id, row.id));
}

/** Until when a reply still reaches the person, as far as the report is tied to a channel where that matters. */
function replyWindowOf(
  { replyWindow }: CaseDeskParts,
  { channel, lastHeard }: { readonly channel: ChannelName | null; readonly lastHeard: Date | null },
): Pick<CaseFile, 'replyWindow'> {
  const window = channel === null ? undefined : replyWindow(channel);
  if (channel === null || lastHeard === null || window === undefined) return {};
  const after = (milliseconds: number): Date => new Date(lastHeard.getTime() + milliseconds);
  return {
    replyWindow: { channel, lastHeard, freeUntil: after(window.free), openUntil: after(window.open) },
  };
}
