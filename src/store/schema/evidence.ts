import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ChannelName, MediaKind } from '../../conversation/message.js';
import { bytes, langNghe, moment } from './base.js';
import { reports } from './reports.js';
import { talks } from './talks.js';

/**
 * A file that came with a talk: `waiting` to be fetched · `kept` · `refused` (too big, wrong type, gone). It goes with its
 * talk unless a report holds it.
 */
export const evidence = langNghe.table(
  'evidence',
  {
    id: uuid('id').primaryKey(),
    talkId: uuid('talk_id').references(() => talks.id, { onDelete: 'set null' }),
    reportId: uuid('report_id').references(() => reports.id, { onDelete: 'cascade' }),
    channel: text('channel').$type<ChannelName>().notNull(),
    /** As the person sent it; after fetching, as its content says. */
    media: text('media').$type<MediaKind>().notNull(),
    state: text('state').$type<'waiting' | 'kept' | 'refused'>().notNull(),
    /** Why it was refused: a code. */
    reason: text('reason'),
    /** What the channel needs to fetch it; gone once fetched. */
    sealedSource: bytes('sealed_source'),
    /** MIME type by content. */
    type: text('type'),
    bytes: integer('bytes'),
    receivedAt: moment('received_at').notNull(),
  },
  (table) => [
    index('evidence_talk').on(table.talkId),
    index('evidence_report').on(table.reportId),
    index('evidence_waiting').on(table.receivedAt).where(sql`state = 'waiting'`),
  ],
);

/** The bytes of a kept file, in order, in pieces small enough to hold in memory. */
export const evidenceParts = langNghe.table(
  'evidence_parts',
  {
    evidenceId: uuid('evidence_id')
      .notNull()
      .references(() => evidence.id, { onDelete: 'cascade' }),
    part: integer('part').notNull(),
    sealedBytes: bytes('sealed_bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.evidenceId, table.part] })],
);
