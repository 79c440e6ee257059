import { sql } from 'drizzle-orm';
import { index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Consent, ReferralKind, ReferralReason, ReferralState } from '../../reports/referral.js';
import { bytes, langNghe, moment } from './base.js';
import { cases } from './cases.js';
import { staff } from './staff.js';

/** Notes of staff in a case; the reporter never sees them. */
export const caseNotes = langNghe.table(
  'case_notes',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    sealedContent: bytes('sealed_content').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('case_notes_case').on(table.caseId, table.at)],
);

/** A case offered to another agency, and what became of it. An accepted one of kind `open` is that agency's right to see the case. */
export const referrals = langNghe.table(
  'referrals',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<ReferralKind>().notNull(),
    fromAgency: text('from_agency').notNull(),
    toAgency: text('to_agency').notNull(),
    state: text('state').$type<ReferralState>().notNull(),
    reason: text('reason').$type<ReferralReason>().notNull(),
    /** Id in data/referral-grounds.yaml; null for a hand-back, which needs none. */
    ground: text('ground'),
    consent: text('consent').$type<Consent>(),
    /** What the receiving agency reads before it accepts. */
    sealedWords: bytes('sealed_words'),
    /** Why it is done without consent. */
    sealedOverride: bytes('sealed_override'),
    offeredBy: uuid('offered_by')
      .notNull()
      .references(() => staff.id),
    offeredAt: moment('offered_at').notNull(),
    answeredBy: uuid('answered_by').references(() => staff.id),
    answeredAt: moment('answered_at'),
    answerReason: text('answer_reason'),
  },
  (table) => [
    uniqueIndex('referrals_offered').on(table.caseId, table.toAgency).where(sql`state = 'offered'`),
    index('referrals_to').on(table.toAgency, table.state),
    index('referrals_case').on(table.caseId),
  ],
);
