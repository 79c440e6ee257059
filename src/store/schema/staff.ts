import { boolean, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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
  /** Using it also takes the second step away, for somebody who lost telephone and recovery codes. */
  resetsSecondStep: boolean('resets_second_step').notNull().default(false),
});

export const staffSessions = langNghe.table(
  'staff_sessions',
  {
    tokenHash: bytes('token_hash').primaryKey(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    /** Names the session in forms and logs; opens nothing. */
    id: uuid('id').notNull().unique().defaultRandom(),
    csrfToken: text('csrf_token').notNull(),
    /** `due` until the second step is done as well. */
    secondStep: text('second_step').notNull().default('due'),
    /** Coarse kinds, e.g. chrome and windows: enough to know one's own device again. Never an address or a version. */
    browser: text('browser').notNull().default('other'),
    system: text('system').notNull().default('other'),
    /** The member's opened identity, under a key that only the cookie holds. */
    sealedKeys: bytes('sealed_keys'),
    createdAt: moment('created_at').notNull(),
    lastSeen: moment('last_seen').notNull(),
  },
  (table) => [
    index('staff_sessions_staff').on(table.staffId),
    index('staff_sessions_last_seen').on(table.lastSeen),
  ],
);

/** The second step of each member who has begun to set one up. */
export const secondSteps = langNghe.table('staff_second_steps', {
  staffId: uuid('staff_id')
    .primaryKey()
    .references(() => staff.id, { onDelete: 'cascade' }),
  /** The secret shared with the authenticator app; null while none is confirmed. */
  sealedSecret: bytes('sealed_secret'),
  /** One that was shown and waits for its first code. */
  sealedOffer: bytes('sealed_offer'),
  /** The newest 30-second step whose code was used (seconds since 1970 / 30): neither it nor an older one counts again. */
  lastStep: integer('last_step'),
  /** Tries since the last right one, and until when no further is taken. */
  tries: integer('tries').notNull().default(0),
  pausedUntil: moment('paused_until'),
  /** When an invitation last took the second step away. */
  resetAt: moment('reset_at'),
});

/** What is left of each member's ten recovery codes: keyed hashes; a used one is deleted. */
export const recoveryCodes = langNghe.table(
  'staff_recovery_codes',
  {
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    codeHash: bytes('code_hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.codeHash] })],
);
