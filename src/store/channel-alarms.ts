import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { ChannelName } from '../conversation/message.js';
import type { Db } from './database.js';
import { channelStates } from './schema.js';

/** Something of a channel that an operator must mend: a code of the channel's table, and since when. */
export interface ChannelAlarm {
  readonly channel: ChannelName;
  readonly code: string;
  readonly since: Date;
}

export interface ChannelAlarms {
  /** Raises (code) or ends (undefined) the alarm of a channel. Resolves with whether that was news. */
  set(channel: ChannelName, code: string | undefined): Promise<boolean>;
  list(): Promise<ChannelAlarm[]>;
}

export function createChannelAlarms(db: Db, now: () => number): ChannelAlarms {
  return {
    async set(channel, code) {
      if (code === undefined) {
        const ended = await db
          .update(channelStates)
          .set({ alarm: null, alarmSince: null })
          .where(and(eq(channelStates.channel, channel), isNotNull(channelStates.alarm)))
          .returning({ channel: channelStates.channel });
        return ended.length > 0;
      }
      const raised = await db
        .insert(channelStates)
        .values({ channel, alarm: code, alarmSince: new Date(now()) })
        .onConflictDoUpdate({
          target: channelStates.channel,
          set: { alarm: code, alarmSince: new Date(now()) },
          setWhere: sql`${channelStates.alarm} is distinct from ${code}`,
        })
        .returning({ channel: channelStates.channel });
      return raised.length > 0;
    },
    async list() {
      const rows = await db.select().from(channelStates).where(isNotNull(channelStates.alarm));
      return rows.map((row) => ({
        channel: row.channel,
        code: row.alarm ?? '',
        since: row.alarmSince ?? new Date(0),
      }));
    },
  };
}
