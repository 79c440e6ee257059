// The peer of the turns measure: the plainest Express handler that writes as durably as a turn does. JSON in and out,
// one transaction a message with the talk, the inbox and the outbox, in tables and indexes like the service's. It
// understands nothing, encrypts nothing and checks nothing. BYTES tells it how much to write (see lib/stored-bytes.mjs).
import { randomBytes, randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import express from 'express';
import pg from 'pg';

const { talkBytes, messageBytes, messagesPerTurn, answerBytes } = JSON.parse(process.env.BYTES);
const TABLES = `
  create table talks (id uuid primary key, channel text not null, contact text not null, state bytea, last_heard timestamptz not null);
  create unique index on talks (channel, contact);
  create index on talks (last_heard);
  create table inbox (talk_id uuid not null references talks on delete cascade, message_id text not null,
    taken_at timestamptz not null, primary key (talk_id, message_id));
  create index on inbox (taken_at);
  create table outbox (id uuid primary key, talk_id uuid not null references talks on delete cascade,
    seq bigint generated always as identity, caused_by text, state text not null, content bytea not null, created_at timestamptz not null);
  create index on outbox (talk_id, seq);
  create index on outbox (created_at) where state = 'pending';
  create index on outbox (created_at);`;

const transaction = process.env.DATABASE_URL === undefined ? await onPglite() : await onServer();
const talkState = randomBytes(Math.round(talkBytes));
const content = randomBytes(Math.round(messageBytes));

const app = express();
app.get('/readyz', (_request, response) => response.json({}));
app.post('/api/chat', express.json(), async (request, response) => {
  const session = request.get('authorization')?.slice(7) ?? randomBytes(36).toString('base64url');
  const now = new Date();
  // The same average number of messages: 1.4 a turn is one message always and a second in 40 % of turns.
  const count = Math.floor(messagesPerTurn + Math.random());
  const ids = Array.from({ length: count }, () => randomUUID());
  await transaction(async (query) => {
    const talk = await query(
      `insert into talks (id, channel, contact, state, last_heard) values ($1, $2, $3, $4, $5)
       on conflict (channel, contact) do update set state = excluded.state, last_heard = excluded.last_heard returning id`,
      [randomUUID(), 'webchat', session, talkState, now],
    );
    const talkId = talk.rows[0].id;
    await query('insert into inbox (talk_id, message_id, taken_at) values ($1, $2, $3)', [
      talkId,
      request.get('idempotency-key'),
      now,
    ]);
    if (count === 0) return;
    const places = ids.map(
      (_, row) =>
        `($${row * 6 + 1}, $${row * 6 + 2}, $${row * 6 + 3}, $${row * 6 + 4}, $${row * 6 + 5}, $${row * 6 + 6})`,
    );
    await query(
      `insert into outbox (id, talk_id, caused_by, state, content, created_at) values ${places.join(', ')}`,
      ids.flatMap((id) => [id, talkId, request.get('idempotency-key'), 'sent', content, now]),
    );
  });
  const text = 'x'.repeat(Math.max(0, Math.round(answerBytes / Math.max(1, count)) - 120));
  response.json({
    session,
    messages: ids.map((id) => ({ id, kind: 'text', text, choices: [], sources: [] })),
  });
});
const server = app.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => {
  server.closeAllConnections();
  process.exit(0);
});

async function onServer() {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 });
  await pool.query(TABLES);
  return async (work) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await work((text, values) => client.query(text, values));
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  };
}

async function onPglite() {
  const db = new PGlite(`${process.env.DATA_DIR}/db`);
  await db.exec(TABLES);
  return (work) => db.transaction((tx) => work((text, values) => tx.query(text, values)));
}
