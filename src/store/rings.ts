import { and, asc, eq, lt } from 'drizzle-orm';
import type { ChannelName } from '../conversation/message.js';
import type { RingReason } from '../reports/ringing.js';
import { recordEvent } from './case-events.js';
import { isUnaccepted } from './clocks.js';
import type { Db } from './database.js';
import { chatPurpose, webhookPurpose } from './on-call.js';
import { caseClocks, cases, onCall, rings, staff, staffChats } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

/** Where a ring goes. */
export type RingAddress =
  | { readonly kind: 'chat'; readonly channel: ChannelName; readonly address: string }
  | { readonly kind: 'webhook'; readonly url: string };

/** A ring that is to be sent now. */
export interface OpenRing {
  readonly caseId: string;
  readonly number: string;
  readonly reason: RingReason;
  readonly below: boolean;
  /** Absent: there is no way to this contact any more. */
  readonly to?: RingAddress;
}

export interface Rings {
  /** The ring, when it is still to be sent. One that is no longer needed (accepted, done meanwhile, too old) is dropped here. */
  open(id: string): Promise<OpenRing | undefined>;
  /** Puts on record how it ended. @param code why it was not delivered */
  finish(id: string, code: string | undefined): Promise<void>;
  /** Rings planned before this time that nobody has sent. */
  overdue(before: Date): Promise<string[]>;
}

/** A ring that could not be sent for so long says nothing new any more, milliseconds. */
const TOO_OLD = 15 * 60_000;

export function createRings(db: Db, cipher: ServiceCipher, now: () => number): Rings {
  const finish = async (
    id: string,
    state: 'delivered' | 'failed' | 'dropped',
    code?: string,
  ): Promise<void> =>
    db.transaction(async (tx) => {
      const at = new Date(now());
      const [ring] = await tx
        .update(rings)
        .set({ state, doneAt: at, code: code ?? null })
        .where(and(eq(rings.id, id), eq(rings.state, 'waiting')))
        .returning({ caseId: rings.caseId, staffId: rings.staffId });
      if (!ring || state === 'dropped') return;
      await recordEvent(tx, {
        caseId: ring.caseId,
        kind: state === 'delivered' ? 'rung' : 'ring_failed',
        at,
        ...(ring.staffId !== null && { staffId: ring.staffId }),
      });
    });
  return {
    async open(id) {
      const [found] = await db
        .select({
          ring: rings,
          row: cases,
          clock: caseClocks,
          chat: staffChats,
          url: onCall.sealedUrl,
          member: staff,
        })
        .from(rings)
        .innerJoin(cases, eq(cases.id, rings.caseId))
        .leftJoin(caseClocks, and(eq(caseClocks.caseId, rings.caseId), eq(caseClocks.clock, rings.clock)))
        .leftJoin(staff, eq(staff.id, rings.staffId))
        .leftJoin(staffChats, eq(staffChats.staffId, rings.staffId))
        .leftJoin(onCall, eq(onCall.id, rings.webhookId))
        .where(and(eq(rings.id, id), eq(rings.state, 'waiting')));
      if (!found) return undefined;
      const { ring, row, clock, chat, url, member } = found;
      const isNeeded =
        ring.reason === 'waiting' ? isUnaccepted(row) : clock !== null && clock.stoppedAt === null;
      if (!isNeeded || ring.plannedAt.getTime() < now() - TOO_OLD) {
        await finish(id, 'dropped', isNeeded ? 'too_old' : 'not_needed');
        return undefined;
      }
      const to: RingAddress | undefined =
        url !== null && ring.webhookId !== null
          ? { kind: 'webhook', url: cipher.unseal(webhookPurpose(ring.webhookId), url) }
          : chat !== null && member?.disabled === false
            ? {
                kind: 'chat',
                channel: chat.channel,
                address: cipher.unseal(chatPurpose(chat.staffId), chat.sealedAddress),
              }
            : undefined;
      const { caseId, reason, below } = ring;
      return { caseId, number: row.number, reason, below, ...(to && { to }) };
    },
    finish: (id, code) => finish(id, code === undefined ? 'delivered' : 'failed', code),
    async overdue(before) {
      const rows = await db
        .select({ id: rings.id })
        .from(rings)
        .where(and(eq(rings.state, 'waiting'), lt(rings.plannedAt, before)))
        .orderBy(asc(rings.plannedAt))
        .limit(500);
      return rows.map(({ id }) => id);
    },
  };
}
