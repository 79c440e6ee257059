import { text, uuid } from 'drizzle-orm/pg-core';
import { bytes, langNghe, moment } from './base.js';

/** Who does what alone just now, across all processes. */
export const leases = langNghe.table('leases', {
  name: text('name').primaryKey(),
  holder: uuid('holder').notNull(),
  until: moment('until').notNull(),
});

/** Long-lived random secrets of this installation, encrypted with the service key. */
export const secrets = langNghe.table('secrets', {
  name: text('name').primaryKey(),
  sealedValue: bytes('sealed_value').notNull(),
});
