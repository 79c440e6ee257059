import { and, eq, inArray, isNull, lt, ne, notExists, sql } from 'drizzle-orm';
import { vietnamDay } from '../directory/vietnam-day.js';
import type { Database, Db } from './database.js';
import { GIVEN_IN_PLACE } from './outbox.js';
import {
  evidence,
  evidenceLooks,
  fileKeys,
  inbox,
  invitations,
  linkWords,
  mailboxes,
  outbox,
  retractions,
  staffSessions,
  talks,
  unknownQuestions,
  uploads,
} from './schema.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long what is done stays, milliseconds. Platforms redeliver for at most some days; a page asks again within hours. */
const KEEP = {
  inbox: 7 * DAY,
  // As long as a platform lets us take a message back.
  sentMessages: 2 * DAY,
  // A web chat that lost an answer asks again within minutes.
  givenAnswers: HOUR / 4,
  // No page can ask for them any more: a web chat's session ends by then.
  unfetchedWords: 12 * HOUR,
  quietTalks: 2 * DAY,
  quietWords: DAY,
  looseFiles: DAY,
  unansweredAsks: DAY,
  retractions: 2 * DAY,
  // The job has them within seconds; a file whose message never came is in nobody's talk.
  uploads: 2 * HOUR,
  pendingMessages: 30 * DAY,
  endedSessions: DAY,
  queueEvents: DAY,
  unknownQuestions: 30 * DAY,
};

/** The embedded engine has nobody who clears away deleted rows beside the work, as a server has. */
export async function clearDeleted({ kind, db }: Database): Promise<void> {
  if (kind === 'embedded') await db.execute(sql`vacuum`);
}

/** Deletes what is done. Talks a mailbox may still write to keep their address and lose their content. */
export async function purge(db: Db, now: Date): Promise<void> {
  const before = (age: number): Date => new Date(now.getTime() - age);
  await db.delete(inbox).where(lt(inbox.takenAt, before(KEEP.inbox)));
  await db
    .delete(outbox)
    .where(and(eq(outbox.state, 'sent'), lt(outbox.createdAt, before(KEEP.sentMessages))));
  await db
    .delete(outbox)
    .where(and(ne(outbox.state, 'sent'), lt(outbox.createdAt, before(KEEP.pendingMessages))));
  await db
    .update(outbox)
    .set({ sealedContent: new Uint8Array() })
    .where(and(eq(outbox.state, 'sent'), lt(outbox.createdAt, before(KEEP.givenAnswers)), GIVEN_IN_PLACE));
  await db
    .update(outbox)
    .set({ sealedContent: new Uint8Array() })
    .where(
      and(
        eq(outbox.state, 'sent'),
        lt(outbox.createdAt, before(KEEP.unfetchedWords)),
        sql`length(${outbox.sealedContent}) > 0`,
      ),
    );
  const quiet = lt(talks.lastHeard, before(KEEP.quietTalks));
  const tied = db.select({ one: sql`1` }).from(mailboxes).where(eq(mailboxes.talkId, talks.id));
  await db.delete(talks).where(and(quiet, notExists(tied)));
  await db
    .update(talks)
    .set({ sealedState: null })
    .where(and(lt(talks.lastHeard, before(KEEP.quietWords)), sql`${talks.sealedState} is not null`));
  await db
    .delete(evidence)
    .where(and(isNull(evidence.reportId), lt(evidence.receivedAt, before(KEEP.looseFiles))));
  await db.delete(uploads).where(lt(uploads.keptAt, before(KEEP.uploads)));
  // Without its words a talk can give nothing to a report any more.
  const silent = db
    .select({ id: talks.id })
    .from(talks)
    .where(and(isNull(talks.sealedState), lt(talks.lastHeard, before(KEEP.looseFiles))));
  await db.delete(fileKeys).where(inArray(fileKeys.talkId, silent));
  await db
    .delete(evidenceLooks)
    .where(and(isNull(evidenceLooks.openFrom), lt(evidenceLooks.until, before(KEEP.unansweredAsks))));
  await db.delete(retractions).where(lt(retractions.createdAt, before(KEEP.retractions)));
  await db.delete(staffSessions).where(lt(staffSessions.lastSeen, before(KEEP.endedSessions)));
  const oldestDay = vietnamDay(now.getTime() - KEEP.unknownQuestions);
  await db.delete(unknownQuestions).where(lt(unknownQuestions.day, oldestDay));
  await db.delete(invitations).where(lt(invitations.expiresAt, now));
  // BullMQ's record of what its jobs did names ids and is never shortened by itself on PostgreSQL.
  await db.execute(
    sql`delete from bullmq.event where created_at_ms < ${before(KEEP.queueEvents).getTime()}::bigint`,
  );
  await db.delete(linkWords).where(lt(linkWords.expiresAt, now));
}
