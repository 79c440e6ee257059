import { text } from 'drizzle-orm/pg-core';
import type { ChannelName } from '../../conversation/message.js';
import { bytes, langNghe, moment } from './base.js';

/** How far each channel's own limit of messages is used up, and what of it needs an operator. */
export const channelStates = langNghe.table('channel_states', {
  channel: text('channel').$type<ChannelName>().primaryKey(),
  /** Not before this time the platform takes a next message of ours. */
  nextSendAt: moment('next_send_at'),
  /** A code of the channel's table; null when all is well. */
  alarm: text('alarm'),
  alarmSince: moment('alarm_since'),
});

/** Small secrets and facts of a channel (tokens, which address answers), encrypted. */
export const channelNotes = langNghe.table('channel_notes', {
  name: text('name').primaryKey(),
  sealedValue: bytes('sealed_value').notNull(),
});
