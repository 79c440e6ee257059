import { date, integer, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, langNghe } from './base.js';

/** Questions nobody could answer, scrubbed, counted by day: for content staff. No talk, no contact, no time of day. */
export const unknownQuestions = langNghe.table(
  'unknown_questions',
  {
    id: uuid('id').primaryKey(),
    /** The day in Việt Nam. */
    day: date('day', { mode: 'string' }).notNull(),
    /** Keyed hash of the words, so that the same question of a day is one row. */
    wordsKey: bytes('words_key').notNull(),
    sealedText: bytes('sealed_text').notNull(),
    times: integer('times').notNull(),
  },
  (table) => [uniqueIndex('unknown_questions_day').on(table.day, table.wordsKey)],
);
