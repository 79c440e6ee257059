import { sql } from 'drizzle-orm';
import { index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { AccusedOffice, Category } from '../../directory/directory.js';
import type { AgeBand } from '../../reports/age-band.js';
import type { ContactHours } from '../../reports/contact-hours.js';
import type { ContactWish, Urgency } from '../../reports/report.js';
import type { Recipient } from '../../reports/sealing.js';
import { bytes, langNghe, moment } from './base.js';
import { talks } from './talks.js';

export const reports = langNghe.table(
  'reports',
  {
    id: uuid('id').primaryKey(),
    category: text('category').$type<Category>().notNull(),
    urgency: text('urgency').$type<Urgency>().notNull(),
    placeCode: text('place_code'),
    /** An office that must not get the report because the accused person works there. */
    accusedOffice: text('accused_office').$type<AccusedOffice>(),
    /** How old the child is, coarsely; for finding reports of the same matter. */
    ageBand: text('age_band').$type<AgeBand>(),
    /** Sealed to the case's recipient. */
    sealedContent: bytes('sealed_content').notNull(),
    receivedAt: moment('received_at').notNull(),
    /** `waiting` until the dispatch job has opened its case · `undecided`: everybody who could take it is excluded, an administrator decides. */
    state: text('state').$type<'waiting' | 'undecided' | 'dispatched'>().notNull(),
  },
  (table) => [index('reports_waiting').on(table.receivedAt).where(sql`state <> 'dispatched'`)],
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
    /** Replies are sealed to it as well as to the case. */
    recipient: text('recipient').$type<Recipient>().notNull(),
    /** Opens with the code only; null once the case was made unreadable. */
    sealedIdentity: bytes('sealed_identity'),
    wish: text('wish').$type<ContactWish>().notNull(),
    /** When we may write; null: not said. */
    hours: text('hours').$type<ContactHours>(),
    talkId: uuid('talk_id').references(() => talks.id, { onDelete: 'set null' }),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('mailboxes_code').on(table.codeLookup),
    index('mailboxes_report').on(table.reportId),
    index('mailboxes_talk').on(table.talkId),
  ],
);

/** The pair of numbers that opens only a lesson, and tells staff that the reporter is under pressure. At most one a mailbox. */
export const secondCodes = langNghe.table('second_codes', {
  mailboxId: uuid('mailbox_id')
    .primaryKey()
    .references(() => mailboxes.id, { onDelete: 'cascade' }),
  codeLookup: bytes('code_lookup').notNull().unique(),
  /** When it was last used. */
  usedAt: moment('used_at'),
});
