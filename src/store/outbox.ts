import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';
import type { ChannelName, Outgoing } from '../conversation/message.js';
import type { Db } from './database.js';
import { publishQueueChange } from './news.js';
import { caseMessages, cases, outbox, talks } from './schema.js';
import { unsealOutgoing } from './sealed-outgoing.js';
import type { ServiceCipher } from './service-cipher.js';

/** What the person has not been given yet, for channels that are asked for it (web chat). What is sent to platforms: deliveries.ts. */
export interface Outbox {
  /** Messages of the contact behind `afterId`, oldest first; naming `afterId` lets go of everything before it. */
  messagesAfter(channel: ChannelName, contact: string, afterId?: string): Promise<Outgoing[]>;
  /** Messages that have been pending since before this time, emergency cards first. */
  overdue(before: Date): Promise<{ id: string; urgent: boolean }[]>;
}

/** @param now milliseconds since 1970 */
export function createOutbox(db: Db, cipher: ServiceCipher, now: () => number): Outbox {
  const ofContact = (channel: ChannelName, contact: string) =>
    and(eq(talks.channel, channel), eq(talks.contact, Buffer.from(contact, 'hex')));
  return {
    async messagesAfter(channel, contact, afterId) {
      const [talk] = await db.select({ id: talks.id }).from(talks).where(ofContact(channel, contact));
      if (!talk) return [];
      const [after] =
        afterId === undefined || !isUuid(afterId)
          ? []
          : await db
              .select({ seq: outbox.seq })
              .from(outbox)
              .where(and(eq(outbox.id, afterId), eq(outbox.talkId, talk.id)));
      if (after) await markRepliesSeen(db, talk.id, after.seq, new Date(now()));
      if (after) {
        await db.delete(outbox).where(and(eq(outbox.talkId, talk.id), lt(outbox.seq, after.seq)));
        // The row stays as the mark to count from; its words have been read.
        await db
          .update(outbox)
          .set({ sealedContent: EMPTY })
          .where(eq(outbox.id, afterId ?? ''));
      }
      const rows = await db
        .select({ id: outbox.id, content: outbox.sealedContent })
        .from(outbox)
        .where(and(eq(outbox.talkId, talk.id), after ? gt(outbox.seq, after.seq) : undefined))
        .orderBy(asc(outbox.seq));
      return rows
        .filter((row) => row.content.length > 0)
        .map((row) => unsealOutgoing(cipher, row.id, row.content));
    },
    async overdue(before) {
      const rows = await db
        .select({ id: outbox.id, urgent: outbox.urgent })
        .from(outbox)
        .where(and(eq(outbox.state, 'pending'), lt(outbox.createdAt, before)))
        .orderBy(desc(outbox.urgent), asc(outbox.createdAt))
        .limit(1000);
      return rows;
    },
  };
}

const EMPTY = new Uint8Array();

/**
 * Deletes the words of earlier answers that the web chat handed over in its answer to a message: whoever goes on has read
 * them. What waits to be fetched stays.
 */
export async function dropGivenAnswers(tx: Db, talkId: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ sealedContent: EMPTY })
    .where(and(eq(outbox.talkId, talkId), eq(outbox.state, 'sent'), GIVEN_IN_PLACE));
}

/** Caused by a message of the person, so that it went back in the same breath; what the service says by itself is fetched later. */
export const GIVEN_IN_PLACE = sql`caused_by is not null and caused_by not like 'wake %' and length(sealed_content) > 0`;

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** What the person's page has acknowledged they have read; staff see it at once. */
async function markRepliesSeen(db: Db, talkId: string, upTo: number, now: Date): Promise<void> {
  const read = await db
    .select({ replyId: outbox.replyId })
    .from(outbox)
    .where(and(eq(outbox.talkId, talkId), lte(outbox.seq, upTo), isNotNull(outbox.replyId)));
  const ids = read.flatMap(({ replyId }) => (replyId === null ? [] : [replyId]));
  if (ids.length === 0) return;
  const seen = await db
    .update(caseMessages)
    .set({ seenAt: now })
    .where(and(inArray(caseMessages.id, ids), isNull(caseMessages.seenAt)))
    .returning({ reportId: caseMessages.reportId });
  if (seen.length === 0) return;
  const agencies = await db
    .update(cases)
    .set({ lastMessageAt: now })
    .where(
      inArray(
        cases.reportId,
        seen.map(({ reportId }) => reportId),
      ),
    )
    .returning({ agencyId: cases.agencyId });
  for (const { agencyId } of agencies) await publishQueueChange(db, agencyId);
}
