import { sql } from 'drizzle-orm';
import { index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Category } from '../../directory/directory.js';
import type { CaseOutcome, CaseState, ReplyDelivery } from '../../reports/case.js';
import type { Urgency } from '../../reports/report.js';
import { bytes, langNghe, moment } from './base.js';
import { reports } from './reports.js';
import { staff } from './staff.js';

export const caseNumbers = langNghe.sequence('case_numbers');

export const cases = langNghe.table(
  'cases',
  {
    id: uuid('id').primaryKey(),
    number: text('number').notNull(),
    /** No foreign key: the case outlives its report as a stub (`erasedAt`), with an id here that leads nowhere. */
    reportId: uuid('report_id').notNull(),
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
    /** Somebody made the reporter open the case: they used their second code. */
    underPressureAt: moment('under_pressure_at'),
    /** The reporter has closed their side. */
    reporterLeftAt: moment('reporter_left_at'),
    /** When retention deleted what it was about. Number, agency, state and times are left, for the chain of events. */
    erasedAt: moment('erased_at'),
    /** The nearest end of a clock that still runs, and which; kept by clocks.ts. */
    dueAt: moment('due_at'),
    dueClock: text('due_clock'),
  },
  (table) => [
    uniqueIndex('cases_number').on(table.number),
    uniqueIndex('cases_report').on(table.reportId),
    index('cases_queue')
      .on(table.agencyId, table.urgency.desc().nullsFirst(), table.dueAt, table.id)
      .where(sql`state <> 'closed'`),
    index('cases_closed').on(table.agencyId, table.closedAt.desc()).where(sql`state = 'closed'`),
    index('cases_kept').on(table.closedAt, table.id).where(sql`state = 'closed' and erased_at is null`),
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
    /** Sealed to the case's recipient; of staff also to the mailbox's. */
    sealedContent: bytes('sealed_content').notNull(),
    at: moment('at').notNull(),
    seenAt: moment('seen_at'),
    /** The reporter wished not to see it again. */
    erasedAt: moment('erased_at'),
    /** How a reply of staff fares on its way to the reporter's channel; null: it lies in the mailbox only. */
    delivery: text('delivery').$type<ReplyDelivery>(),
  },
  (table) => [index('case_messages_report').on(table.reportId, table.at)],
);
