import { and, eq, inArray } from 'drizzle-orm';
import type { ChannelName } from '../conversation/message.js';
import type { Db } from './database.js';
import { withdrawReplies } from './replies.js';
import { noteDelivery } from './reply-delivery.js';
import { deleteTalk } from './retractions.js';
import { mailboxes, outbox, talks } from './schema.js';

/** What a channel learns of a person beside their messages. */
export interface Contacts {
  /** Blocked or left us: what waits for them is not sent any more, and their mailboxes are theirs to open with the code. */
  left(channel: ChannelName, contact: string): Promise<void>;
  /** Deletes the talk with everything that hangs on it. Cases stay; only the reporter's tie to them goes. */
  forget(channel: ChannelName, contact: string): Promise<void>;
}

export function createContacts(db: Db): Contacts {
  const find = async (tx: Db, channel: ChannelName, contact: string): Promise<string | undefined> => {
    const [talk] = await tx
      .select({ id: talks.id })
      .from(talks)
      .where(and(eq(talks.channel, channel), eq(talks.contact, Buffer.from(contact, 'hex'))))
      .for('update');
    return talk?.id;
  };
  return {
    left: (channel, contact) =>
      db.transaction(async (tx) => {
        const talkId = await find(tx, channel, contact);
        if (talkId === undefined) return;
        await tx.update(mailboxes).set({ talkId: null }).where(eq(mailboxes.talkId, talkId));
        const waiting = await tx
          .delete(outbox)
          .where(and(eq(outbox.talkId, talkId), inArray(outbox.state, ['pending', 'held'])))
          .returning({ replyId: outbox.replyId });
        for (const { replyId } of waiting) await noteDelivery(tx, replyId, 'mailbox');
        await withdrawReplies(tx, talkId);
        await tx.update(talks).set({ sendingUntil: null }).where(eq(talks.id, talkId));
      }),
    forget: (channel, contact) =>
      db.transaction(async (tx) => {
        const talkId = await find(tx, channel, contact);
        if (talkId !== undefined) await deleteTalk(tx, talkId);
      }),
  };
}
