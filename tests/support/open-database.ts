import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { type Database, openEmbedded, openServer } from '../../src/store/database.js';
import type { Backend } from './backends.js';

/** The product's own database on a test's backend; embedded when it names no server: in `dataDir`, else empty and for this test, which must close it. */
export async function openDatabase({ databaseUrl }: Backend, dataDir?: string): Promise<Database> {
  const root = process.cwd();
  if (databaseUrl !== undefined)
    return openServer({ root, url: databaseUrl, log: { warn: () => undefined } });
  return dataDir === undefined ? emptied() : openEmbedded({ root, dataDir });
}

/**
 * The embedded database that the tests of one file use one after the other. To open a new one for each takes over a second;
 * to empty the tables takes a few milliseconds.
 */
let shared: { readonly database: Database; readonly dataDir: string } | undefined;
let inUse = false;

async function emptied(): Promise<Database> {
  if (inUse) throw new Error('The test before did not close its database.');
  if (shared) await empty(shared.database);
  else {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-test-'));
    shared = { database: await openEmbedded({ root: process.cwd(), dataDir }), dataDir };
  }
  inUse = true;
  return {
    ...shared.database,
    close: async () => {
      inUse = false;
    },
  };
}

/** As after a first start: nothing in the tables, numbers from 1 on, and the triggers that keep the record at work. */
async function empty({ db }: Database): Promise<void> {
  const { rows } = (await db.execute(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'lang_nghe' or (schemaname = 'bullmq' and tablename <> 'migration')`)) as unknown as {
    rows: { name: string }[];
  };
  const names = rows.map(({ name }) => name);
  for (const name of names) await db.execute(sql.raw(`alter table ${name} disable trigger user`));
  await db.execute(sql.raw(`truncate ${names.join(', ')} restart identity`));
  for (const name of names) await db.execute(sql.raw(`alter table ${name} enable trigger user`));
}

afterAll(async () => {
  await shared?.database.close();
  if (shared) rmSync(shared.dataDir, { recursive: true, force: true });
});
