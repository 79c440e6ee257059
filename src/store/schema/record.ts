import { bigint, index, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { CaseEventKind, EventDetail } from '../../reports/case.js';
import type { AuditKind } from '../../staff/audit.js';
import { bytes, langNghe, moment } from './base.js';
import { staff } from './staff.js';

/**
 * Append-only: a trigger refuses to change or delete, and each row carries the hash of the one before it in its case.
 * No foreign key to the case: that something happened outlives the case itself.
 */
export const caseEvents = langNghe.table(
  'case_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid('case_id').notNull(),
    /** 1, 2, 3 … within the case. */
    position: integer('position').notNull(),
    kind: text('kind').$type<CaseEventKind>().notNull(),
    staffId: uuid('staff_id').references(() => staff.id),
    at: moment('at').notNull(),
    detail: jsonb('detail').$type<EventDetail>(),
    previousHash: bytes('previous_hash').notNull(),
    hash: bytes('hash').notNull(),
  },
  (table) => [
    uniqueIndex('case_events_position').on(table.caseId, table.position),
    index('case_events_at').on(table.at),
  ],
);

/** Acts of staff that belong to no single case, in one chain. Append-only like `case_events`. */
export const auditEvents = langNghe.table(
  'audit_events',
  {
    position: integer('position').primaryKey(),
    kind: text('kind').$type<AuditKind>().notNull(),
    staffId: uuid('staff_id').references(() => staff.id),
    subject: text('subject'),
    at: moment('at').notNull(),
    detail: jsonb('detail').$type<EventDetail>(),
    previousHash: bytes('previous_hash').notNull(),
    hash: bytes('hash').notNull(),
  },
  (table) => [index('audit_events_subject').on(table.subject)],
);

/** Every few minutes one row says which events there are by now, so that a missing end or a missing case is noticed. */
export const auditAnchors = langNghe.table('audit_anchors', {
  position: integer('position').primaryKey(),
  at: moment('at').notNull(),
  /** The case events since the anchor before it: how many, up to which id, and the SHA-256 of their hashes in order of id. */
  lastEventId: bigint('last_event_id', { mode: 'number' }).notNull(),
  events: integer('events').notNull(),
  eventsDigest: bytes('events_digest').notNull(),
  /** Head of the chain of acts. */
  lastAct: integer('last_act').notNull(),
  actsHead: bytes('acts_head').notNull(),
  previousHash: bytes('previous_hash').notNull(),
  /** HMAC-SHA-256 under a secret of the installation. */
  hash: bytes('hash').notNull(),
});
