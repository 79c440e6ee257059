import { integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Category } from '../../directory/directory.js';
import type { AgeBand } from '../../reports/age-band.js';
import type { CaseOutcome } from '../../reports/case.js';
import type { Urgency } from '../../reports/report.js';
import type { HoldReason } from '../../reports/retention.js';
import { langNghe, moment } from './base.js';
import { cases } from './cases.js';
import { staff } from './staff.js';

/** A case that must not be deleted: one row from setting the hold to lifting it. Reasons are from a list, so that they tell of nobody. */
export const caseHolds = langNghe.table(
  'case_holds',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    reason: text('reason').$type<HoldReason>().notNull(),
    setBy: uuid('set_by')
      .notNull()
      .references(() => staff.id),
    setAt: moment('set_at').notNull(),
    liftedBy: uuid('lifted_by').references(() => staff.id),
    liftedAt: moment('lifted_at'),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.setAt] })],
);

/** What is left of deleted cases for counting. No id, no day, no agency: nothing leads back to a case or a person. */
export const caseStatistics = langNghe.table('case_statistics', {
  /** Of the report, "2026-11". */
  month: text('month').notNull(),
  category: text('category').$type<Category>().notNull(),
  placeCode: text('place_code'),
  urgency: text('urgency').$type<Urgency>().notNull(),
  ageBand: text('age_band').$type<AgeBand>(),
  outcome: text('outcome').$type<CaseOutcome>(),
  /** As the reporter said: the id of their choice. */
  feedback: text('feedback'),
  /** Whole hours from the report, rounded up. */
  hoursToAccept: integer('hours_to_accept'),
  hoursToFirstReply: integer('hours_to_first_reply'),
  hoursToClose: integer('hours_to_close'),
});
