import { index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ChannelName } from '../../conversation/message.js';
import { bytes, langNghe, moment } from './base.js';
import { staff } from './staff.js';

/** Who is rung for an agency: a member on their chat, or an address of the web. Exactly one of the two. */
export const onCall = langNghe.table(
  'on_call',
  {
    id: uuid('id').primaryKey(),
    agencyId: text('agency_id').notNull(),
    staffId: uuid('staff_id').references(() => staff.id, { onDelete: 'cascade' }),
    /** The address may hold a secret of its own. */
    sealedUrl: bytes('sealed_url'),
    addedAt: moment('added_at').notNull(),
  },
  (table) => [index('on_call_agency').on(table.agencyId), uniqueIndex('on_call_staff').on(table.staffId)],
);

/** The chat on which a member of staff is reached, which they have bound themselves. */
export const staffChats = langNghe.table('staff_chats', {
  staffId: uuid('staff_id')
    .primaryKey()
    .references(() => staff.id, { onDelete: 'cascade' }),
  channel: text('channel').$type<ChannelName>().notNull(),
  sealedAddress: bytes('sealed_address').notNull(),
  linkedAt: moment('linked_at').notNull(),
});

/** One-time words that bind a chat; only the keyed hash of the word is here. */
export const linkWords = langNghe.table('link_words', {
  staffId: uuid('staff_id')
    .primaryKey()
    .references(() => staff.id, { onDelete: 'cascade' }),
  wordHash: bytes('word_hash').notNull().unique(),
  expiresAt: moment('expires_at').notNull(),
  /** The contact that used it: a redelivery of their message is nothing new. */
  usedBy: bytes('used_by'),
});
