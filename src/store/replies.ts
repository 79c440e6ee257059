import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { Outgoing } from '../conversation/message.js';
import { nextAllowed } from '../reports/contact-hours.js';
import type { Db } from './database.js';
import { noteDelivery } from './reply-delivery.js';
import { caseMessages, deferredReplies, mailboxes, outbox } from './schema.js';
import { sealOutgoing } from './sealed-outgoing.js';
import type { ServiceCipher } from './service-cipher.js';

/** How a reply leaves for the reporter's channel. */
export interface ReplySink {
  /** The one neutral sentence for the wish `note`; it must never tell what it is about. */
  readonly neutralNote: () => string;
  /** Tells the deliver job; losing it is mended by the sweeper. */
  readonly afterCommit: (outboxId: string) => void;
}

/**
 * The one place where anything of a case is pushed to a reporter, so the contact wish is enforced here for all:
 * `nothing` stays in the mailbox, `note` sends the neutral sentence, `replies` the words; at an hour they do not want it waits
 * for the next that they do (`releaseDeferred`). Returns the outbox id, if it goes now.
 */
export async function sendReply(
  tx: Db,
  cipher: ServiceCipher,
  sink: ReplySink,
  reportId: string,
  replyId: string,
  text: string,
  now: Date,
): Promise<string | undefined> {
  const [mailbox] = await tx
    .select({ wish: mailboxes.wish, hours: mailboxes.hours, talkId: mailboxes.talkId })
    .from(mailboxes)
    .where(eq(mailboxes.reportId, reportId));
  if (!mailbox || mailbox.talkId === null || mailbox.wish === 'nothing') return undefined;
  const inFull = mailbox.wish === 'replies';
  const sendAt = nextAllowed(mailbox.hours ?? undefined, now.getTime());
  const isDeferred = sendAt > now.getTime();
  const delivery = isDeferred ? 'waits_for_hour' : 'on_its_way';
  if (inFull) await tx.update(caseMessages).set({ delivery }).where(eq(caseMessages.id, replyId));
  const id = randomUUID();
  const message: Outgoing = inFull
    ? { id, kind: 'reply', text, choices: [], sources: [] }
    : { id, kind: 'text', text: sink.neutralNote(), choices: [], sources: [] };
  const parcel = { id, talkId: mailbox.talkId, sealedContent: sealOutgoing(cipher, message) };
  if (isDeferred) {
    await tx.insert(deferredReplies).values({ ...parcel, replyId, inFull, sendAt: new Date(sendAt) });
    return undefined;
  }
  await tx
    .insert(outbox)
    .values({ ...parcel, replyId: inFull ? replyId : null, state: 'pending', createdAt: now });
  return id;
}

/** Puts what has waited for its hour into the outbox. Ids of the messages, for the deliver job. */
export async function releaseDeferred(db: Db, now: Date): Promise<string[]> {
  return db.transaction(async (tx) => {
    const due = await tx.delete(deferredReplies).where(lte(deferredReplies.sendAt, now)).returning();
    for (const { id, talkId, replyId, inFull, sealedContent } of due) {
      await tx.insert(outbox).values({
        id,
        talkId,
        sealedContent,
        replyId: inFull ? replyId : null,
        state: 'pending',
        createdAt: now,
      });
      if (inFull) await noteDelivery(tx, replyId, 'on_its_way');
    }
    return due.map(({ id }) => id);
  });
}

/** Nothing that staff wrote and that is not out yet reaches this talk any more; the replies lie in the mailbox. */
export async function withdrawReplies(tx: Db, talkId: string): Promise<void> {
  const waiting = await tx
    .delete(outbox)
    .where(
      and(eq(outbox.talkId, talkId), isNull(outbox.causedBy), inArray(outbox.state, ['pending', 'held'])),
    )
    .returning({ replyId: outbox.replyId });
  const deferred = await tx
    .delete(deferredReplies)
    .where(eq(deferredReplies.talkId, talkId))
    .returning({ replyId: deferredReplies.replyId });
  for (const { replyId } of [...waiting, ...deferred]) await noteDelivery(tx, replyId, 'mailbox');
}
