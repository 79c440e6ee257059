import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Outgoing } from '../conversation/message.js';
import type { Db } from './database.js';
import { caseMessages, mailboxes, outbox } from './schema.js';
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
 * `nothing` stays in the mailbox, `note` sends the neutral sentence, `replies` the words. Returns the outbox id, if any.
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
    .select({ wish: mailboxes.wish, talkId: mailboxes.talkId })
    .from(mailboxes)
    .where(eq(mailboxes.reportId, reportId));
  if (!mailbox || mailbox.talkId === null || mailbox.wish === 'nothing') return undefined;
  if (mailbox.wish === 'replies')
    await tx.update(caseMessages).set({ delivery: 'on_its_way' }).where(eq(caseMessages.id, replyId));
  const id = randomUUID();
  const message: Outgoing =
    mailbox.wish === 'replies'
      ? { id, kind: 'reply', text, choices: [], sources: [] }
      : { id, kind: 'text', text: sink.neutralNote(), choices: [], sources: [] };
  await tx.insert(outbox).values({
    id,
    talkId: mailbox.talkId,
    replyId: mailbox.wish === 'replies' ? replyId : null,
    state: 'pending',
    sealedContent: sealOutgoing(cipher, message),
    createdAt: now,
  });
  return id;
}
