import { boolean, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ExclusionReason } from '../../reports/exclusion.js';
import { langNghe, moment } from './base.js';
import { cases } from './cases.js';
import { reports } from './reports.js';
import { staff } from './staff.js';

/** Agencies that must never get a report, in any way. Rows are only added. */
export const reportExclusions = langNghe.table(
  'report_exclusions',
  {
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    agencyId: text('agency_id').notNull(),
    why: text('why').$type<ExclusionReason>().notNull(),
    /** Who added it; null: it follows from what the reporter said. */
    staffId: uuid('staff_id').references(() => staff.id),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.agencyId] })],
);

/**
 * The agencies around a case. `lead` handles it · `above`: the level above, which sees that it is there · `cooperating`: named so
 * that the lead can involve them. A row opens nothing: content opens with a key only.
 */
export const caseAgencies = langNghe.table(
  'case_agencies',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    agencyId: text('agency_id').notNull(),
    role: text('role').$type<'lead' | 'above' | 'cooperating'>().notNull(),
    since: moment('since').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.agencyId] }),
    index('case_agencies_agency').on(table.agencyId, table.role),
  ],
);

/** Two cases of which somebody said whether they are the same matter; the smaller id first. */
export const caseLinks = langNghe.table(
  'case_links',
  {
    firstId: uuid('first_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    secondId: uuid('second_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    same: boolean('same').notNull(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    at: moment('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.firstId, table.secondId] }),
    index('case_links_second').on(table.secondId),
  ],
);
