import { sql } from 'drizzle-orm';
import type { ChannelName } from '../conversation/message.js';
import type { Db } from './database.js';

/** A claim of a talk whose process died ends after this, milliseconds; longer than any one call to a platform may take. */
const CLAIM_LIFE = 30_000;
/** How far ahead a place in a channel's own queue may be taken, milliseconds; the sender waits so long in its place. */
const HORIZON = 250;
/** Shortest pause before a busy talk or channel is asked again, milliseconds: a platform needs about that long to answer. */
const SHORTEST_PAUSE = 200;

/** A place in the order of all messages of a channel. */
export interface Slot {
  /** Milliseconds from now. */
  readonly startsIn: number;
}

/** All places of the channel up to the horizon are taken. */
export class ChannelBusy extends Error {
  constructor(
    /** Worth asking again after so many milliseconds. */
    readonly freeIn: number,
  ) {
    super('The channel takes no more messages just now.');
  }
}

/** Claims the right to send to one person, or says in how many milliseconds it is worth asking again. */
export async function claimTalk(
  tx: Db,
  talkId: string,
  now: number,
): Promise<
  | { readonly channel: ChannelName; readonly contact: string; readonly address: Uint8Array | null }
  | { readonly freeIn: number }
> {
  const at = new Date(now).toISOString();
  const until = new Date(now + CLAIM_LIFE).toISOString();
  const claimed = (await tx.execute(sql`
    update lang_nghe.talks set sending_until = ${until}::timestamptz
    where id = ${talkId}
      and (sending_until is null or sending_until <= ${at}::timestamptz)
      and (next_send_at is null or next_send_at <= ${at}::timestamptz)
    returning channel, encode(contact, 'hex') as contact, sealed_address as address
  `)) as unknown as { rows: { channel: ChannelName; contact: string; address: Uint8Array | null }[] };
  const [row] = claimed.rows;
  if (row) return row;
  const waits = (await tx.execute(sql`
    select extract(epoch from (next_send_at - ${at}::timestamptz)) * 1000 as ms
    from lang_nghe.talks where id = ${talkId}
  `)) as unknown as { rows: { ms: string | number | null }[] };
  return { freeIn: Math.max(SHORTEST_PAUSE, Math.ceil(Number(waits.rows[0]?.ms ?? 0))) };
}

/** Takes the next place in the channel's order, one every `interval` milliseconds over all processes. @throws ChannelBusy */
export async function reserveChannel(
  tx: Db,
  channel: ChannelName,
  interval: number,
  now: number,
): Promise<Slot> {
  const at = new Date(now).toISOString();
  const next = new Date(now + interval).toISOString();
  const horizon = new Date(now + HORIZON).toISOString();
  const reserved = (await tx.execute(sql`
    insert into lang_nghe.channel_states as c (channel, next_send_at) values (${channel}, ${next}::timestamptz)
    on conflict (channel) do update
      set next_send_at = greatest(c.next_send_at, ${at}::timestamptz) + make_interval(secs => ${interval / 1000})
      where c.next_send_at is null or c.next_send_at <= ${horizon}::timestamptz
    returning extract(epoch from (c.next_send_at - ${at}::timestamptz)) * 1000 as ms
  `)) as unknown as { rows: { ms: string | number }[] };
  const [row] = reserved.rows;
  if (row) return { startsIn: Math.max(0, Math.round(Number(row.ms)) - interval) };
  const busy = (await tx.execute(sql`
    select extract(epoch from (next_send_at - ${at}::timestamptz)) * 1000 as ms
    from lang_nghe.channel_states where channel = ${channel}
  `)) as unknown as { rows: { ms: string | number | null }[] };
  throw new ChannelBusy(Math.max(SHORTEST_PAUSE, Math.ceil(Number(busy.rows[0]?.ms ?? 0)) - HORIZON / 2));
}
