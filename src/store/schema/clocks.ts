import { sql } from 'drizzle-orm';
import { boolean, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { CaseStep } from '../../reports/case-moments.js';
import type { RingReason, RingState } from '../../reports/ringing.js';
import { langNghe, moment } from './base.js';
import { cases } from './cases.js';
import { staff } from './staff.js';

/** Steps of the official procedure, as staff have noted them. Like all tables here, its rows go with their case. */
export const caseSteps = langNghe.table(
  'case_steps',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    step: text('step').$type<CaseStep>().notNull(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.step] })],
);

/** One row a clock of a case. What has been told stands here and nowhere else: a job that comes twice finds it told. */
export const caseClocks = langNghe.table(
  'case_clocks',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    clock: text('clock').notNull(),
    startedAt: moment('started_at').notNull(),
    dueAt: moment('due_at').notNull(),
    warnAt: moment('warn_at'),
    atOnce: boolean('at_once').notNull(),
    stoppedAt: moment('stopped_at'),
    warnedAt: moment('warned_at'),
    missedAt: moment('missed_at'),
    /** When something is next to be told; null: never any more. */
    nextAt: moment('next_at'),
    /** The level above that was told that it was missed. */
    toldAbove: text('told_above'),
    /** `Deadlines.version` it was planned with. */
    version: text('version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.clock] }),
    index('case_clocks_next').on(table.nextAt).where(sql`next_at is not null`),
    index('case_clocks_told_above')
      .on(table.toldAbove, table.dueAt)
      .where(sql`told_above is not null and stopped_at is null`),
  ],
);

/** Where the ringing for an urgent case stands that nobody has accepted. */
export const ringRounds = langNghe.table(
  'ring_rounds',
  {
    caseId: uuid('case_id')
      .primaryKey()
      .references(() => cases.id, { onDelete: 'cascade' }),
    /** Number of the next round, never the same again. */
    round: integer('round').notNull(),
    /** How many levels the next round rings beside the first. */
    level: integer('level').notNull(),
    /** Null: it is over. */
    nextAt: moment('next_at'),
    /** Since when nobody could be reached at all. */
    unreachedSince: moment('unreached_since'),
  },
  (table) => [
    index('ring_rounds_next').on(table.nextAt).where(sql`next_at is not null`),
    index('ring_rounds_unreached').on(table.caseId).where(sql`unreached_since is not null`),
  ],
);

/** One call to one contact: what is to be done, and what came of it. Kept as long as the case. */
export const rings = langNghe.table(
  'rings',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    reason: text('reason').$type<RingReason>().notNull(),
    /** The clock, when it is about one; else empty. */
    clock: text('clock').notNull(),
    round: integer('round').notNull(),
    /** Whose contact it is. */
    agencyId: text('agency_id').notNull(),
    /** The case lies below that agency, which is told no more than that. */
    below: boolean('below').notNull(),
    staffId: uuid('staff_id').references(() => staff.id),
    /** A contact of `on_call` that is no person. */
    webhookId: uuid('webhook_id'),
    state: text('state').$type<RingState>().notNull(),
    /** Why it was not delivered. */
    code: text('code'),
    plannedAt: moment('planned_at').notNull(),
    doneAt: moment('done_at'),
  },
  (table) => [
    uniqueIndex('rings_once').on(
      table.caseId,
      table.reason,
      table.clock,
      table.round,
      sql`coalesce(staff_id, webhook_id)`,
    ),
    index('rings_waiting').on(table.plannedAt).where(sql`state = 'waiting'`),
  ],
);
