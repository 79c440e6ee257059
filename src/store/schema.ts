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
import type { ChannelName } from '../conversation/message.js';
import type { Category, CommuneOffice } from '../directory/directory.js';
import type { CaseOutcome, CaseState } from '../reports/case.js';
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
  },
  (table) => [
    uniqueIndex('talks_contact').on(table.channel, table.contact),
    index('talks_last_heard').on(table.lastHeard),
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
    takenAt: moment('taken_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.talkId, table.messageId] }),
    index('inbox_taken_at').on(table.takenAt),
  ],
);

/** What is to be sent, in order within a talk. `pending` until handed to the platform; kept a little for redeliveries and slow pages. */
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
    state: text('state').$type<'pending' | 'sent'>().notNull(),
    sealedContent: bytes('sealed_content').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('outbox_talk').on(table.talkId, table.seq),
    index('outbox_pending').on(table.createdAt).where(sql`state = 'pending'`),
    index('outbox_created_at').on(table.createdAt),
  ],
);

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
