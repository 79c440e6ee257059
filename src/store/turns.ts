import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { Incoming, Outgoing } from '../conversation/message.js';
import type { Talk } from '../conversation/talk.js';
import type { StoredTurn, TurnEnd, TurnStore } from '../conversation/turn-store.js';
import type { Directory } from '../directory/directory.js';
import type { CodeLookup } from '../reports/code-lookup.js';
import type { Urgency } from '../reports/report.js';
import { performCall } from './calls.js';
import type { Db } from './database.js';
import { noteEvidence } from './evidence.js';
import { noteDelivery } from './reply-delivery.js';
import { deleteTalk, planRetraction } from './retractions.js';
import { outbox, talks } from './schema.js';
import { sealOutgoing, unsealOutgoing } from './sealed-outgoing.js';
import { CannotUnseal, type ServiceCipher } from './service-cipher.js';

export interface TurnStoreParts {
  readonly db: Db;
  readonly cipher: ServiceCipher;
  readonly codeLookup: CodeLookup;
  /** Says to whom a report is sealed. */
  readonly directory: Directory;
  /** Whether the channel hands the replies over in its answer to the incoming message, so that no job has to deliver them. */
  readonly answersInPlace: (channel: Incoming['channel']) => boolean;
  /** Told when a stored talk cannot be opened; the person begins fresh. */
  readonly onLostTalk: (error: CannotUnseal) => void;
}

const callParts = ({ cipher, directory, codeLookup }: TurnStoreParts) => ({ cipher, directory, codeLookup });

/** A stored talk whose time to be woken has come. */
const DUE = (talkId: string, now: number) =>
  and(eq(talks.id, talkId), isNotNull(talks.wakeAt), lte(talks.wakeAt, new Date(now)));

interface OpenedTalk {
  readonly id: string;
  readonly state: Uint8Array | null;
  readonly fresh: boolean;
}

/** Turns on PostgreSQL: one transaction each. See docs/decisions/one-turn-one-transaction.md. */
export function createTurnStore(parts: TurnStoreParts): TurnStore {
  return {
    wakeTalk: (talkId, now, work) =>
      parts.db.transaction(async (tx) => {
        const [row] = await tx.select().from(talks).where(DUE(talkId, now)).for('update');
        const talk = row && readTalk(parts, { id: talkId, state: row.sealedState, fresh: true });
        if (!row || !talk) {
          await tx.update(talks).set({ wakeAt: null }).where(DUE(talkId, now));
          return undefined;
        }
        const reports: { id: string; urgency: Urgency }[] = [];
        const end = await work({
          talk,
          channel: row.channel,
          perform: (call, at) => performCall({ ...callParts(parts), tx, talkId, now: at, reports }, call),
          keepEvidence: async () => 'too_many',
        });
        // Nobody waits for an answer, so also the web chat is told that there is something to fetch.
        await writeEnd(tx, parts.cipher, talkId, `wake ${now}`, end, now, true);
        const outbox = end.outgoing.map(({ id, kind }) => ({ id, urgent: kind === 'danger' }));
        return { outbox, evidence: [], retractions: [], reports };
      }),
    takeTurn: (incoming, now, work) =>
      parts.db.transaction(async (tx): Promise<StoredTurn> => {
        const opened = await openTalk(tx, parts.cipher, incoming, now);
        if (!opened.fresh)
          return {
            kind: 'duplicate',
            messages: await earlierMessages(tx, parts.cipher, opened.id, incoming.messageId),
          };
        const made: { id: string; urgency: Urgency }[] = [];
        const evidence: string[] = [];
        const end = await work({
          talk: readTalk(parts, opened),
          perform: (call, at) =>
            performCall({ ...callParts(parts), tx, talkId: opened.id, now: at, reports: made }, call),
          keepEvidence: async (id, { media, source }, at) => {
            const file = { id, talkId: opened.id, channel: incoming.channel, media, source };
            if (!(await noteEvidence(tx, parts.cipher, file, at))) return 'too_many';
            evidence.push(id);
            return 'noted';
          },
        });
        const pending = !parts.answersInPlace(incoming.channel);
        const committed = { outbox: [], evidence, retractions: [], reports: made };
        if (end.forget) {
          const talk = { id: opened.id, channel: incoming.channel, contact: incoming.contact };
          const request = { messageId: incoming.messageId, address: incoming.address };
          const retraction = pending
            ? await planRetraction(tx, parts.cipher, talk, request, end.outgoing, now)
            : undefined;
          await deleteTalk(tx, opened.id);
          return {
            kind: 'done',
            messages: end.outgoing,
            committed: {
              ...committed,
              evidence: [],
              retractions: retraction === undefined ? [] : [retraction],
            },
          };
        }
        await writeEnd(tx, parts.cipher, opened.id, incoming.messageId, end, now, pending);
        const held = pending ? await releaseHeld(tx, opened.id) : [];
        const outbox = pending ? end.outgoing.map(({ id, kind }) => ({ id, urgent: kind === 'danger' })) : [];
        return {
          kind: 'done',
          messages: end.outgoing,
          committed: { ...committed, outbox: [...outbox, ...held.map((id) => ({ id, urgent: false }))] },
        };
      }),
  };
}

/**
 * One statement: makes or locks the talk (the upsert holds its row until the commit, so turns of one contact queue up
 * here), then enters the message id. The inbox depends on the talk, so two redeliveries take the locks in one order.
 */
async function openTalk(tx: Db, cipher: ServiceCipher, incoming: Incoming, now: number): Promise<OpenedTalk> {
  const id = randomUUID();
  const address =
    incoming.address === undefined ? null : cipher.seal(`address:${incoming.contact}`, incoming.address);
  const receipt =
    incoming.receipt === undefined
      ? null
      : cipher.seal(`receipt:${incoming.contact}:${incoming.messageId}`, incoming.receipt);
  const at = new Date(now).toISOString();
  const result = (await tx.execute(sql`
    with talk as (
      insert into lang_nghe.talks as t (id, channel, contact, sealed_address, last_heard)
      values (${id}, ${incoming.channel}, ${Buffer.from(incoming.contact, 'hex')}, ${address}, ${at}::timestamptz)
      on conflict (channel, contact) do update
        set last_heard = excluded.last_heard, sealed_address = coalesce(excluded.sealed_address, t.sealed_address)
      returning t.id, t.sealed_state
    ), entered as (
      insert into lang_nghe.inbox (talk_id, message_id, sealed_receipt, taken_at)
      select id, ${incoming.messageId}, ${receipt}::bytea, ${at}::timestamptz from talk
      on conflict do nothing
      returning 1
    )
    select talk.id, talk.sealed_state as state, exists (select from entered) as fresh from talk
  `)) as unknown as { rows: OpenedTalk[] };
  const row = result.rows[0];
  if (!row) throw new Error('A talk could neither be made nor found.');
  return row;
}

function readTalk(parts: TurnStoreParts, opened: OpenedTalk): Talk | undefined {
  if (opened.state === null) return undefined;
  try {
    return JSON.parse(parts.cipher.unseal(`talk:${opened.id}`, opened.state)) as Talk;
  } catch (error) {
    if (!(error instanceof CannotUnseal)) throw error;
    parts.onLostTalk(error);
    return undefined;
  }
}

async function writeEnd(
  tx: Db,
  cipher: ServiceCipher,
  talkId: string,
  causedBy: string,
  end: TurnEnd,
  now: number,
  pending: boolean,
): Promise<void> {
  const state = cipher.seal(`talk:${talkId}`, JSON.stringify(end.talk));
  const wakeAt = end.wakeAt === undefined ? null : new Date(end.wakeAt).toISOString();
  const save = sql`update lang_nghe.talks set sealed_state = ${state}, wake_at = ${wakeAt}::timestamptz where id = ${talkId}`;
  if (end.outgoing.length === 0) {
    await tx.execute(save);
    return;
  }
  // Talk and messages in one statement: a round trip less in every turn.
  const at = new Date(now).toISOString();
  const rows = end.outgoing.map(
    (message) =>
      sql`(${message.id}, ${talkId}, ${causedBy}, ${pending ? 'pending' : 'sent'}, ${message.kind === 'danger'}, ${sealOutgoing(cipher, message)}, ${at})`,
  );
  await tx.execute(sql`
    with saved as (${save})
    insert into lang_nghe.outbox (id, talk_id, caused_by, state, urgent, sealed_content, created_at)
    values ${sql.join(rows, sql`, `)}
  `);
}

async function earlierMessages(
  tx: Db,
  cipher: ServiceCipher,
  talkId: string,
  causedBy: string,
): Promise<Outgoing[]> {
  const rows = await tx
    .select({ id: outbox.id, content: outbox.sealedContent })
    .from(outbox)
    .where(and(eq(outbox.talkId, talkId), eq(outbox.causedBy, causedBy)))
    .orderBy(asc(outbox.seq));
  // Of what a platform has, only the receipt is still kept.
  return rows
    .filter((row) => row.content.length > 0)
    .map((row) => unsealOutgoing(cipher, row.id, row.content));
}

/** What staff wrote while the platform took nothing for this person: they are here again, so it goes out now. */
async function releaseHeld(tx: Db, talkId: string): Promise<string[]> {
  const rows = await tx
    .update(outbox)
    .set({ state: 'pending' })
    .where(and(eq(outbox.talkId, talkId), eq(outbox.state, 'held')))
    .returning({ id: outbox.id, replyId: outbox.replyId });
  for (const { replyId } of rows) await noteDelivery(tx, replyId, 'on_its_way');
  return rows.map((row) => row.id);
}
