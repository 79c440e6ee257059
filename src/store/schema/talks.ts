import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ChannelName } from '../../conversation/message.js';
import { bytes, langNghe, moment } from './base.js';

/** One row a contact: who (a keyed hash), how to reach them, and the state of the talk with them. Locked for the length of a turn. */
export const talks = langNghe.table(
  'talks',
  {
    id: uuid('id').primaryKey(),
    channel: text('channel').$type<ChannelName>().notNull(),
    contact: bytes('contact').notNull(),
    sealedAddress: bytes('sealed_address'),
    sealedState: bytes('sealed_state'),
    lastHeard: moment('last_heard').notNull(),
    /** Wrong codes tried since `guessesSince`. */
    guesses: integer('guesses').notNull().default(0),
    guessesSince: moment('guesses_since'),
    /** When the engine wants to be woken if nobody writes before. */
    wakeAt: moment('wake_at'),
    /** While it lies ahead a process is sending to this person; nobody else may, so that the order holds. */
    sendingUntil: moment('sending_until'),
    /** Not before this time the platform takes a next message to this person. */
    nextSendAt: moment('next_send_at'),
  },
  (table) => [
    uniqueIndex('talks_contact').on(table.channel, table.contact),
    index('talks_last_heard').on(table.lastHeard),
    index('talks_wake_at').on(table.wakeAt).where(sql`wake_at is not null`),
  ],
);

/** Message ids already taken, so that a redelivery ends here. */
export const inbox = langNghe.table(
  'inbox',
  {
    talkId: uuid('talk_id')
      .notNull()
      .references(() => talks.id, { onDelete: 'cascade' }),
    messageId: text('message_id').notNull(),
    /** The platform's id of the message, where it can be deleted for the person. */
    sealedReceipt: bytes('sealed_receipt'),
    takenAt: moment('taken_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.talkId, table.messageId] }),
    index('inbox_taken_at').on(table.takenAt),
  ],
);

/**
 * What is to be sent, in order within a talk. `pending` until handed to the platform · `held` not before the person writes
 * again · `failed` the platform will never take it · `sent` kept a little for redeliveries, slow pages and taking back.
 */
export const outbox = langNghe.table(
  'outbox',
  {
    id: uuid('id').primaryKey(),
    talkId: uuid('talk_id')
      .notNull()
      .references(() => talks.id, { onDelete: 'cascade' }),
    seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity(),
    /** The incoming message that caused it; null for what staff sent. */
    causedBy: text('caused_by'),
    /** The reply of staff it carries in full; seen by the reporter once the message is acknowledged. */
    replyId: uuid('reply_id'),
    state: text('state').$type<'pending' | 'held' | 'failed' | 'sent'>().notNull(),
    /** An emergency card: goes before whatever else waits for this person. */
    urgent: boolean('urgent').notNull().default(false),
    /** Pieces (messages of the platform) that are out already. */
    piecesSent: integer('pieces_sent').notNull().default(0),
    /** The platform's ids of these, one a line. */
    sealedReceipts: bytes('sealed_receipts'),
    sealedContent: bytes('sealed_content').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('outbox_talk').on(table.talkId, table.seq),
    index('outbox_pending').on(table.createdAt).where(sql`state = 'pending'`),
    index('outbox_created_at').on(table.createdAt),
  ],
);

/** Messages to be taken back from the chats of people who asked us to forget; the talk itself is gone. */
export const retractions = langNghe.table(
  'retractions',
  {
    id: uuid('id').primaryKey(),
    channel: text('channel').$type<ChannelName>().notNull(),
    /** Address, the platform's ids of both sides' messages, and what is said last. */
    sealedContent: bytes('sealed_content').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('retractions_created_at').on(table.createdAt)],
);
