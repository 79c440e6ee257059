import { boolean, index, uuid } from 'drizzle-orm/pg-core';
import { bytes, langNghe, moment } from './base.js';
import { caseMessages } from './cases.js';
import { talks } from './talks.js';

/** What staff wrote and the reporter does not want on their phone at this hour: moved into the outbox when it may go. */
export const deferredReplies = langNghe.table(
  'deferred_replies',
  {
    /** Of the message in the outbox, later. */
    id: uuid('id').primaryKey(),
    talkId: uuid('talk_id')
      .notNull()
      .references(() => talks.id, { onDelete: 'cascade' }),
    replyId: uuid('reply_id')
      .notNull()
      .references(() => caseMessages.id, { onDelete: 'cascade' }),
    /** Whether the message is the reply itself, not only the note that there is one. */
    inFull: boolean('in_full').notNull(),
    sealedContent: bytes('sealed_content').notNull(),
    sendAt: moment('send_at').notNull(),
  },
  (table) => [
    index('deferred_replies_talk').on(table.talkId),
    index('deferred_replies_send_at').on(table.sendAt),
  ],
);
