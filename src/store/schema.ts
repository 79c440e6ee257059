import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ChannelName, MediaKind } from '../conversation/message.js';
import type { Category, CommuneOffice } from '../directory/directory.js';
import type { CaseOutcome, CaseState, ReplyDelivery } from '../reports/case.js';
import type { ContactWish, Urgency } from '../reports/report.js';

/**
 * The tables, one PostgreSQL schema of their own so that they never meet BullMQ's. Columns named `sealed_…` hold
 * bytes encrypted by `ServiceCipher`; everything else is clear and must tell nothing about a person.
 * After a change here: `npm run migrations`, read the SQL it writes, commit both.
 */
export const langNghe = pgSchema('lang_nghe');

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

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

/**
 * A file that came with a talk: `waiting` to be fetched · `kept` · `refused` (too big, wrong type, gone). It goes with its
 * talk unless a report holds it.
 */
export const evidence = langNghe.table(
  'evidence',
  {
    id: uuid('id').primaryKey(),
    talkId: uuid('talk_id').references(() => talks.id, { onDelete: 'set null' }),
    reportId: uuid('report_id').references(() => reports.id, { onDelete: 'cascade' }),
    channel: text('channel').$type<ChannelName>().notNull(),
    /** As the person sent it; after fetching, as its content says. */
    media: text('media').$type<MediaKind>().notNull(),
    state: text('state').$type<'waiting' | 'kept' | 'refused'>().notNull(),
    /** Why it was refused: a code. */
    reason: text('reason'),
    /** What the channel needs to fetch it; gone once fetched. */
    sealedSource: bytes('sealed_source'),
    /** MIME type by content. */
    type: text('type'),
    bytes: integer('bytes'),
    receivedAt: moment('received_at').notNull(),
  },
  (table) => [
    index('evidence_talk').on(table.talkId),
    index('evidence_report').on(table.reportId),
    index('evidence_waiting').on(table.receivedAt).where(sql`state = 'waiting'`),
  ],
);

/** The bytes of a kept file, in order, in pieces small enough to hold in memory. */
export const evidenceParts = langNghe.table(
  'evidence_parts',
  {
    evidenceId: uuid('evidence_id')
      .notNull()
      .references(() => evidence.id, { onDelete: 'cascade' }),
    part: integer('part').notNull(),
    sealedBytes: bytes('sealed_bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.evidenceId, table.part] })],
);

/** How far each channel's own limit of messages is used up, and what of it needs an operator. */
export const channelStates = langNghe.table('channel_states', {
  channel: text('channel').$type<ChannelName>().primaryKey(),
  /** Not before this time the platform takes a next message of ours. */
  nextSendAt: moment('next_send_at'),
  /** A code of the channel's table; null when all is well. */
  alarm: text('alarm'),
  alarmSince: moment('alarm_since'),
});

/** Small secrets and facts of a channel (tokens, which address answers), encrypted. */
export const channelNotes = langNghe.table('channel_notes', {
  name: text('name').primaryKey(),
  sealedValue: bytes('sealed_value').notNull(),
});

/** Who does what alone just now, across all processes. */
export const leases = langNghe.table('leases', {
  name: text('name').primaryKey(),
  holder: uuid('holder').notNull(),
  until: moment('until').notNull(),
});

export const reports = langNghe.table(
  'reports',
  {
    id: uuid('id').primaryKey(),
    category: text('category').$type<Category>().notNull(),
    urgency: text('urgency').$type<Urgency>().notNull(),
    placeCode: text('place_code'),
    /** An office that must not get the report because the accused person works there. */
    accusedOffice: text('accused_office').$type<CommuneOffice>(),
    sealedContent: bytes('sealed_content').notNull(),
    receivedAt: moment('received_at').notNull(),
    /** `waiting` until the dispatch job has opened its case. */
    state: text('state').$type<'waiting' | 'dispatched'>().notNull(),
  },
  (table) => [index('reports_waiting').on(table.receivedAt).where(sql`state = 'waiting'`)],
);

export const caseNumbers = langNghe.sequence('case_numbers');

export const cases = langNghe.table(
  'cases',
  {
    id: uuid('id').primaryKey(),
    number: text('number').notNull(),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    agencyId: text('agency_id').notNull(),
    basis: text('basis').notNull(),
    category: text('category').$type<Category>().notNull(),
    urgency: text('urgency').$type<Urgency>().notNull(),
    placeCode: text('place_code'),
    state: text('state').$type<CaseState>().notNull(),
    openedAt: moment('opened_at').notNull(),
    acceptBy: moment('accept_by').notNull(),
    acceptedAt: moment('accepted_at'),
    takenBy: uuid('taken_by').references(() => staff.id),
    closedAt: moment('closed_at'),
    outcome: text('outcome').$type<CaseOutcome>(),
    /** How much it helped, as the reporter said after it was closed. */
    feedback: text('feedback'),
    /** Reporter's messages nobody of the agency has seen. */
    unread: integer('unread').notNull().default(0),
    lastMessageAt: moment('last_message_at'),
  },
  (table) => [
    uniqueIndex('cases_number').on(table.number),
    uniqueIndex('cases_report').on(table.reportId),
    index('cases_queue')
      .on(table.agencyId, table.urgency.desc(), table.acceptBy, table.id)
      .where(sql`state <> 'closed'`),
    index('cases_closed').on(table.agencyId, table.closedAt.desc()).where(sql`state = 'closed'`),
  ],
);

/** The reporter's side of a case: found by the code, tied to a talk only as far as the contact wish allows. */
export const mailboxes = langNghe.table(
  'mailboxes',
  {
    id: uuid('id').primaryKey(),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    /** Slow keyed hash of the code. */
    codeLookup: bytes('code_lookup').notNull(),
    wish: text('wish').$type<ContactWish>().notNull(),
    talkId: uuid('talk_id').references(() => talks.id, { onDelete: 'set null' }),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('mailboxes_code').on(table.codeLookup),
    index('mailboxes_report').on(table.reportId),
    index('mailboxes_talk').on(table.talkId),
  ],
);

export const caseMessages = langNghe.table(
  'case_messages',
  {
    id: uuid('id').primaryKey(),
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id),
    from: text('from').$type<'reporter' | 'staff'>().notNull(),
    staffId: uuid('staff_id').references(() => staff.id),
    sealedContent: bytes('sealed_content').notNull(),
    at: moment('at').notNull(),
    seenAt: moment('seen_at'),
    /** How a reply of staff fares on its way to the reporter's channel; null: it lies in the mailbox only. */
    delivery: text('delivery').$type<ReplyDelivery>(),
  },
  (table) => [index('case_messages_report').on(table.reportId, table.at)],
);

export const caseEvents = langNghe.table(
  'case_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    kind: text('kind')
      .$type<'opened' | 'looked' | 'taken' | 'replied' | 'reporter_wrote' | 'closed'>()
      .notNull(),
    staffId: uuid('staff_id').references(() => staff.id),
    at: moment('at').notNull(),
  },
  (table) => [index('case_events_case').on(table.caseId, table.id)],
);

export const staff = langNghe.table(
  'staff',
  {
    id: uuid('id').primaryKey(),
    signInName: text('sign_in_name').notNull(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    agencyId: text('agency_id'),
    /** argon2id; null until the invitation is accepted. */
    passphraseHash: text('passphrase_hash'),
    disabled: boolean('disabled').notNull().default(false),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('staff_sign_in_name').on(table.signInName),
    index('staff_agency').on(table.agencyId),
  ],
);

/** One-time links that let a new member set a passphrase; only the hash of the token is here. */
export const invitations = langNghe.table('invitations', {
  /** A member has at most one. */
  staffId: uuid('staff_id')
    .primaryKey()
    .references(() => staff.id, { onDelete: 'cascade' }),
  tokenHash: bytes('token_hash').notNull().unique(),
  expiresAt: moment('expires_at').notNull(),
});

export const staffSessions = langNghe.table(
  'staff_sessions',
  {
    tokenHash: bytes('token_hash').primaryKey(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    csrfToken: text('csrf_token').notNull(),
    createdAt: moment('created_at').notNull(),
    lastSeen: moment('last_seen').notNull(),
  },
  (table) => [
    index('staff_sessions_staff').on(table.staffId),
    index('staff_sessions_last_seen').on(table.lastSeen),
  ],
);

/** Long-lived random secrets of this installation, encrypted with the service key. */
export const secrets = langNghe.table('secrets', {
  name: text('name').primaryKey(),
  sealedValue: bytes('sealed_value').notNull(),
});
