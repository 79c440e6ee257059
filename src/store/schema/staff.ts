import { boolean, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, langNghe, moment } from './base.js';

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
