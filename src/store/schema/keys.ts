import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Recipient } from '../../reports/sealing.js';
import { bytes, langNghe, moment } from './base.js';
import { reports } from './reports.js';
import { staff } from './staff.js';

/**
 * Who can open what (docs/decisions/sealing.md). Recipients lie in the clear and open nothing; every identity here is itself
 * sealed, by age, to somebody who is not the server.
 */

/** The printed keys: only their public halves. One is in use (not retired). */
export const recoveryKeys = langNghe.table(
  'recovery_keys',
  {
    id: uuid('id').primaryKey(),
    recipient: text('recipient').$type<Recipient>().notNull(),
    madeAt: moment('made_at').notNull(),
    retiredAt: moment('retired_at'),
  },
  () => [uniqueIndex('recovery_keys_in_use').on(sql`(true)`).where(sql`retired_at is null`)],
);

/** A member's own key: the identity opens with their passphrase. */
export const staffKeys = langNghe.table('staff_keys', {
  staffId: uuid('staff_id')
    .primaryKey()
    .references(() => staff.id, { onDelete: 'cascade' }),
  recipient: text('recipient').$type<Recipient>().notNull(),
  sealedIdentity: bytes('sealed_identity').notNull(),
  madeAt: moment('made_at').notNull(),
});

/** Versions of an agency's key. One is in use; a retired one goes when all that was sealed to it has moved on. */
export const agencyKeys = langNghe.table(
  'agency_keys',
  {
    agencyId: text('agency_id').notNull(),
    version: integer('version').notNull(),
    recipient: text('recipient').$type<Recipient>().notNull(),
    madeAt: moment('made_at').notNull(),
    retiredAt: moment('retired_at'),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.version] }),
    uniqueIndex('agency_keys_in_use').on(table.agencyId).where(sql`retired_at is null`),
  ],
);

/**
 * An agency's identity, sealed to one who may open it. `holder`: a member's id · the id of an agency above (with the version of
 * its key) · the id of a recovery key. `version` 0 of the holder where it has none.
 */
export const agencyKeyCopies = langNghe.table(
  'agency_key_copies',
  {
    agencyId: text('agency_id').notNull(),
    version: integer('version').notNull(),
    kind: text('kind').$type<'member' | 'agency' | 'recovery'>().notNull(),
    holder: text('holder').notNull(),
    holderVersion: integer('holder_version').notNull().default(0),
    sealedIdentity: bytes('sealed_identity').notNull(),
    madeAt: moment('made_at').notNull(),
    /** The member who let them in; null: made with the key itself. */
    grantedBy: uuid('granted_by'),
  },
  (table) => [
    primaryKey({
      columns: [table.agencyId, table.version, table.kind, table.holder, table.holderVersion],
    }),
    index('agency_key_copies_holder').on(table.kind, table.holder),
  ],
);

/** A case's key pair: what is told, written and noted is sealed to its recipient. There from the moment of the report. */
export const caseKeys = langNghe.table('case_keys', {
  reportId: uuid('report_id')
    .primaryKey()
    .references(() => reports.id, { onDelete: 'cascade' }),
  recipient: text('recipient').$type<Recipient>().notNull(),
});

/** A case's identity, sealed to an agency (with the version of its key) or to a recovery key. No copy left: nobody can open the case any more. */
export const caseKeyCopies = langNghe.table(
  'case_key_copies',
  {
    reportId: uuid('report_id')
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'agency' | 'recovery'>().notNull(),
    holder: text('holder').notNull(),
    holderVersion: integer('holder_version').notNull().default(0),
    sealedIdentity: bytes('sealed_identity').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.reportId, table.kind, table.holder, table.holderVersion] }),
    index('case_key_copies_holder').on(table.kind, table.holder, table.holderVersion),
  ],
);
