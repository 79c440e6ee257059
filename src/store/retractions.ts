import { createHash } from 'node:crypto';
import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import type { ChannelName, Outgoing } from '../conversation/message.js';
import type { Db } from './database.js';
import { evidence, inbox, outbox, retractions, talks } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

/** What is to be taken back from the chat of somebody who asked us to forget, and what is said to them last. */
export interface Retraction {
  readonly channel: ChannelName;
  readonly address: string;
  /** The platform's ids of messages of both sides, oldest first. */
  readonly receipts: readonly string[];
  readonly farewell: readonly Outgoing[];
  /** The platform takes no message to this person before, milliseconds since 1970. */
  readonly notBefore: number;
}

/** Deletes a talk with everything that hangs on it but the reports made in it; files no report holds go too. */
export async function deleteTalk(tx: Db, talkId: string): Promise<void> {
  await tx.delete(evidence).where(and(eq(evidence.talkId, talkId), isNull(evidence.reportId)));
  // Outbox and inbox go with the talk; mailboxes stay, without their tie to it.
  await tx.delete(talks).where(eq(talks.id, talkId));
}

/**
 * Gathers what must be taken back, before the talk is deleted. The id follows from the message that asked, so that its
 * redelivery asks for nothing again. Undefined when that was so, or nothing can be sent to the person.
 */
export async function planRetraction(
  tx: Db,
  cipher: ServiceCipher,
  talk: { readonly id: string; readonly channel: ChannelName; readonly contact: string },
  request: { readonly messageId: string; readonly address: string | undefined },
  farewell: readonly Outgoing[],
  now: number,
): Promise<string | undefined> {
  if (request.address === undefined) return undefined;
  const id = uuidFrom(`${talk.channel}\n${talk.contact}\n${request.messageId}`);
  const incoming = await tx
    .select({ messageId: inbox.messageId, receipt: inbox.sealedReceipt })
    .from(inbox)
    .where(and(eq(inbox.talkId, talk.id), isNotNull(inbox.sealedReceipt)));
  const sent = await tx
    .select({ id: outbox.id, receipts: outbox.sealedReceipts })
    .from(outbox)
    .where(and(eq(outbox.talkId, talk.id), isNotNull(outbox.sealedReceipts)));
  const receipts = [
    ...incoming.flatMap((row) =>
      row.receipt ? [cipher.unseal(`receipt:${talk.contact}:${row.messageId}`, row.receipt)] : [],
    ),
    ...sent.flatMap((row) =>
      row.receipts ? cipher.unseal(`receipts:${row.id}`, row.receipts).split('\n') : [],
    ),
  ];
  const [sending] = await tx
    .select({ nextSendAt: talks.nextSendAt })
    .from(talks)
    .where(eq(talks.id, talk.id));
  const content: Retraction = {
    channel: talk.channel,
    address: request.address,
    receipts,
    farewell,
    notBefore: sending?.nextSendAt?.getTime() ?? 0,
  };
  const made = await tx
    .insert(retractions)
    .values({
      id,
      channel: talk.channel,
      sealedContent: cipher.seal(`retraction:${id}`, JSON.stringify(content)),
      createdAt: new Date(now),
    })
    .onConflictDoNothing()
    .returning({ id: retractions.id });
  return made[0]?.id;
}

/** What the retract job works off. */
export interface Retractions {
  /** Undefined when it is done already. */
  open(id: string): Promise<Retraction | undefined>;
  /** Empties it; the row stays a little so that a redelivered request finds it done. */
  done(id: string): Promise<void>;
  /** Ids of those that should be done by now. */
  overdue(before: Date): Promise<string[]>;
}

export function createRetractions(db: Db, cipher: ServiceCipher): Retractions {
  return {
    async open(id) {
      const [row] = await db
        .select({ content: retractions.sealedContent })
        .from(retractions)
        .where(eq(retractions.id, id));
      if (!row || row.content.length === 0) return undefined;
      return JSON.parse(cipher.unseal(`retraction:${id}`, row.content)) as Retraction;
    },
    async done(id) {
      await db.update(retractions).set({ sealedContent: new Uint8Array() }).where(eq(retractions.id, id));
    },
    async overdue(before) {
      const rows = await db
        .select({ id: retractions.id, content: retractions.sealedContent })
        .from(retractions)
        .where(lt(retractions.createdAt, before))
        .limit(500);
      return rows.filter((row) => row.content.length > 0).map((row) => row.id);
    },
  };
}

function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
