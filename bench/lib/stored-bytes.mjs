// What one turn of the service left in the database, on average, so that the bare handler can be made to write as much.
import { PGlite } from '@electric-sql/pglite';
import { runOn } from './backends.mjs';

const STATEMENT = `
  select (select avg(octet_length(sealed_state)) from lang_nghe.talks)::float as "talkBytes",
         (select avg(octet_length(sealed_content)) from lang_nghe.outbox)::float as "messageBytes",
         (select count(*) from lang_nghe.outbox)::float / nullif((select count(*) from lang_nghe.inbox), 0) as "messagesPerTurn",
         (select count(*) from lang_nghe.inbox)::int as turns`;

/** Call after the service has stopped: the embedded database has one user at a time. */
export async function storedBytes(backend) {
  if (backend.databaseUrl !== undefined) return (await runOn(backend.databaseUrl, STATEMENT))[0];
  const db = new PGlite(`${backend.dataDir}/db`);
  try {
    return (await db.query(STATEMENT)).rows[0];
  } finally {
    await db.close();
  }
}
