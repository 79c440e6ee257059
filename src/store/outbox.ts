import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';
import type { ChannelName, Outgoing } from '../conversation/message.js';
import type { Db } from './database.js';
import { publishContactNews, publishQueueChange } from './news.js';
import { caseMessages, cases, outbox, talks } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';
import { unsealOutgoing } from './turns.js';

/** A message on its way out, with what its channel needs to send it. */
export interface Delivery {
  readonly channel: ChannelName;
  readonly contact: string;
  /** As the channel wrote it; absent for channels that people come back to. */
  readonly address?: string;
  readonly message: Outgoing;
}

/** What the person has not been given yet, for channels that are asked for it (web chat) and for the deliver job. */
export interface Outbox {
  /** Messages of the contact behind `afterId`, oldest first; naming `afterId` lets go of everything before it. */
  messagesAfter(channel: ChannelName, contact: string, afterId?: string): Promise<Outgoing[]>;
  /** The pending message with this id; undefined when it was sent, forgotten or purged. */
  pending(outboxId: string): Promise<Delivery | undefined>;
  markSent(outboxId: string): Promise<void>;
  /** Tells the processes that hold the person's page that there is something to fetch. */
  announce(contact: string): Promise<void>;
  /** Ids of messages that have been pending since before this time. */
  overdue(before: Date): Promise<string[]>;
  /** Deletes the talk with everything that hangs on it. Cases stay; only the reporter's tie to them goes. */
  forget(channel: ChannelName, contact: string): Promise<void>;
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
      if (after)
        await db.delete(outbox).where(and(eq(outbox.talkId, talk.id), lte(outbox.seq, after.seq - 1)));
      const rows = await db
        .select({ id: outbox.id, content: outbox.sealedContent })
        .from(outbox)
        .where(and(eq(outbox.talkId, talk.id), after ? gt(outbox.seq, after.seq) : undefined))
        .orderBy(asc(outbox.seq));
      return rows.map((row) => unsealOutgoing(cipher, row.id, row.content));
    },
    async pending(outboxId) {
      const [row] = await db
        .select({
          content: outbox.sealedContent,
          channel: talks.channel,
          contact: talks.contact,
          address: talks.sealedAddress,
        })
        .from(outbox)
        .innerJoin(talks, eq(talks.id, outbox.talkId))
        .where(and(eq(outbox.id, outboxId), eq(outbox.state, 'pending')));
      if (!row) return undefined;
      const contact = Buffer.from(row.contact).toString('hex');
      return {
        channel: row.channel,
        contact,
        message: unsealOutgoing(cipher, outboxId, row.content),
        ...(row.address === null ? {} : { address: cipher.unseal(`address:${contact}`, row.address) }),
      };
    },
    async markSent(outboxId) {
      await db.update(outbox).set({ state: 'sent' }).where(eq(outbox.id, outboxId));
    },
    async announce(contact) {
      await publishContactNews(db, contact);
    },
    async overdue(before) {
      const rows = await db
        .select({ id: outbox.id })
        .from(outbox)
        .where(and(sql`${outbox.state} = 'pending'`, lt(outbox.createdAt, before)))
        .orderBy(asc(outbox.createdAt))
        .limit(1000);
      return rows.map((row) => row.id);
    },
    async forget(channel, contact) {
      await db.delete(talks).where(ofContact(channel, contact));
    },
  };
}

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
