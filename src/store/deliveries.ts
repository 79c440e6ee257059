import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { ChannelName, Outgoing } from '../conversation/message.js';
import type { Db } from './database.js';
import { ChannelBusy, claimTalk, reserveChannel, type Slot } from './delivery-slots.js';
import { publishContactNews } from './news.js';
import { noteDelivery } from './reply-delivery.js';
import { channelStates, outbox, talks } from './schema.js';
import { unsealOutgoing } from './sealed-outgoing.js';
import type { ServiceCipher } from './service-cipher.js';

/** How fast a platform takes messages, milliseconds between two: of the service, and to one person. */
export interface Pace {
  readonly overall: number;
  readonly perTalk: number;
}

/** One piece of one message, claimed for this process until `sent`, or one of the other ends, is told. */
export interface Claimed {
  readonly outboxId: string;
  readonly talkId: string;
  readonly channel: ChannelName;
  /** As the channel wrote it; absent when it never did. */
  readonly address?: string;
  readonly message: Outgoing;
  /** Counted from 0. */
  readonly piece: number;
  /** The platform's ids of the pieces that are out. */
  readonly receipts: readonly string[];
  /** Staff sent it, not a turn: it is worth keeping for later. */
  readonly fromStaff: boolean;
  /** Wait so long before sending, milliseconds. */
  readonly startsIn: number;
}

/** `done` nothing of this message is left to send · `later` somebody else sends to this person, or the pace forbids it yet. */
export type Claim =
  | { readonly kind: 'send'; readonly claimed: Claimed }
  | { readonly kind: 'later'; readonly milliseconds: number }
  | { readonly kind: 'done' };

/**
 * Sending in order: a person's messages go out one at a time, in the order they were written (emergency cards first), no
 * faster than the platform takes them, whichever process sends. A claim ends by itself when its process dies.
 */
export interface Deliveries {
  /** The channel of a pending message; undefined when it is no longer pending. */
  channelOf(outboxId: string): Promise<{ channel: ChannelName; contact: string } | undefined>;
  /** Tells the pages that hold this contact's talk that there is something to fetch, and is done with the message. */
  announce(outboxId: string, contact: string): Promise<void>;
  /** Claims the next piece for the person this message is for; it may be a piece of an earlier message. */
  claim(outboxId: string, pace: Pace): Promise<Claim>;
  /** The platform has the piece. `isLast`: the whole message is out; its words are deleted here. */
  sent(claimed: Claimed, receipt: string, isLast: boolean, pace: Pace): Promise<void>;
  /** Not taken now: this person, or the whole channel, waits. */
  wait(claimed: Claimed, milliseconds: number, scope: 'talk' | 'channel'): Promise<void>;
  /** Not before the person writes again: what staff wrote is held, what a turn said is over. */
  hold(claimed: Claimed): Promise<void>;
  /** Never. */
  giveUp(claimed: Claimed): Promise<void>;
}

/** @param now milliseconds since 1970 */
export function createDeliveries(db: Db, cipher: ServiceCipher, now: () => number): Deliveries {
  const release = (tx: Db, talkId: string, nextSendAt?: Date): Promise<unknown> =>
    tx
      .update(talks)
      .set({ sendingUntil: null, ...(nextSendAt === undefined ? {} : { nextSendAt }) })
      .where(eq(talks.id, talkId));

  return {
    async channelOf(outboxId) {
      const [row] = await db
        .select({ channel: talks.channel, contact: talks.contact })
        .from(outbox)
        .innerJoin(talks, eq(talks.id, outbox.talkId))
        .where(and(eq(outbox.id, outboxId), eq(outbox.state, 'pending')));
      return row && { channel: row.channel, contact: Buffer.from(row.contact).toString('hex') };
    },

    async announce(outboxId, contact) {
      await publishContactNews(db, contact);
      await db.update(outbox).set({ state: 'sent' }).where(eq(outbox.id, outboxId));
    },

    async claim(outboxId, pace) {
      const at = now();
      try {
        return await db.transaction(async (tx): Promise<Claim> => {
          const [wanted] = await tx
            .select({ talkId: outbox.talkId })
            .from(outbox)
            .where(and(eq(outbox.id, outboxId), eq(outbox.state, 'pending')));
          if (!wanted) return { kind: 'done' };
          const talk = await claimTalk(tx, wanted.talkId, at);
          if ('freeIn' in talk) return { kind: 'later', milliseconds: talk.freeIn };
          const slot = await reserveChannel(tx, talk.channel, pace.overall, at);
          return { kind: 'send', claimed: await nextPiece(tx, cipher, wanted.talkId, talk, slot) };
        });
      } catch (error) {
        // Thrown so that the claim of the talk is undone with it.
        if (error instanceof ChannelBusy) return { kind: 'later', milliseconds: error.freeIn };
        throw error;
      }
    },

    async sent(claimed, receipt, isLast, pace) {
      const receipts = [...claimed.receipts, receipt].filter((each) => each !== '').join('\n');
      await db.transaction(async (tx) => {
        const [row] = await tx
          .update(outbox)
          .set({
            piecesSent: claimed.piece + 1,
            sealedReceipts: receipts === '' ? null : cipher.seal(`receipts:${claimed.outboxId}`, receipts),
            ...(isLast ? { state: 'sent' as const, sealedContent: new Uint8Array() } : {}),
          })
          .where(eq(outbox.id, claimed.outboxId))
          .returning({ replyId: outbox.replyId });
        if (isLast && row) await noteDelivery(tx, row.replyId, 'sent');
        await release(tx, claimed.talkId, new Date(now() + pace.perTalk));
      });
    },

    async wait(claimed, milliseconds, scope) {
      const until = new Date(now() + milliseconds);
      await release(db, claimed.talkId, scope === 'talk' ? until : undefined);
      if (scope === 'talk') return;
      const { channel } = claimed;
      await db
        .insert(channelStates)
        .values({ channel, nextSendAt: until })
        .onConflictDoUpdate({
          target: channelStates.channel,
          set: { nextSendAt: sql`greatest(${channelStates.nextSendAt}, excluded.next_send_at)` },
        });
    },

    async hold(claimed) {
      await end(claimed, claimed.fromStaff ? 'held' : 'failed', 'waits');
    },

    async giveUp(claimed) {
      await end(claimed, 'failed', 'failed');
    },
  };

  async function end(
    claimed: Claimed,
    state: 'held' | 'failed',
    delivery: 'waits' | 'failed',
  ): Promise<void> {
    await db.transaction(async (tx) => {
      const [row] = await tx
        .update(outbox)
        .set({ state, ...(state === 'failed' ? { sealedContent: new Uint8Array() } : {}) })
        .where(eq(outbox.id, claimed.outboxId))
        .returning({ replyId: outbox.replyId });
      if (row) await noteDelivery(tx, row.replyId, delivery);
      await release(tx, claimed.talkId);
    });
  }
}

async function nextPiece(
  tx: Db,
  cipher: ServiceCipher,
  talkId: string,
  talk: { readonly channel: ChannelName; readonly contact: string; readonly address: Uint8Array | null },
  slot: Slot,
): Promise<Claimed> {
  const [first] = await tx
    .select({
      id: outbox.id,
      content: outbox.sealedContent,
      piece: outbox.piecesSent,
      receipts: outbox.sealedReceipts,
      causedBy: outbox.causedBy,
    })
    .from(outbox)
    .where(and(eq(outbox.talkId, talkId), eq(outbox.state, 'pending')))
    .orderBy(desc(outbox.urgent), asc(outbox.seq))
    .limit(1);
  if (!first) throw new Error('A claimed talk has nothing to send.');
  const receipts = first.receipts && cipher.unseal(`receipts:${first.id}`, first.receipts);
  return {
    outboxId: first.id,
    talkId,
    channel: talk.channel,
    message: unsealOutgoing(cipher, first.id, first.content),
    piece: first.piece,
    receipts: receipts ? receipts.split('\n') : [],
    fromStaff: first.causedBy === null,
    startsIn: slot.startsIn,
    ...(talk.address === null ? {} : { address: cipher.unseal(`address:${talk.contact}`, talk.address) }),
  };
}
