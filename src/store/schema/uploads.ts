import { integer, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { bytes, langNghe, moment } from './base.js';

/** Files that came to the web chat itself, in pieces, until the job that fetches files has them. */
export const uploads = langNghe.table(
  'uploads',
  {
    id: uuid('id').notNull(),
    part: integer('part').notNull(),
    sealedBytes: bytes('sealed_bytes').notNull(),
    keptAt: moment('kept_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.part] })],
);
