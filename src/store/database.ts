import { readdirSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { type PgPoolClient, runMigrations } from 'bullmq';
import { sql } from 'drizzle-orm';
import { migrate as migrateNodePostgres } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import type pg from 'pg';
import { lockDataFolder } from './data-folder-lock.js';
import { migrationsFolder } from './first-database.js';
import { makeEmbedded } from './make-embedded.js';
import { type BullPool, pgliteBullPool } from './pglite-bull-pool.js';
import { ServerListener } from './server-listener.js';

/** A drizzle database on either engine; also what a transaction callback is given. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** One PostgreSQL, two sizes: embedded in the data folder, or a server. The store and the jobs see no difference. */
export interface Database {
  readonly kind: 'embedded' | 'server';
  readonly db: Db;
  /** For BullMQ's PostgreSQL backend; its tables live in the schema `bullmq`. */
  readonly bullPool: BullPool;
  /** Rejects when the database cannot answer within two seconds. */
  ping(): Promise<void>;
  /** Calls back with each NOTIFY payload on the channel, until closed; survives a lost connection. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
}

/** The database server does not answer; try again. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super(
      `The database does not answer (${(cause as { code?: string }).code ?? 'no code'}). Is it running, and is DATABASE_URL right?`,
      {
        cause,
      },
    );
  }
}

const MIGRATION_LOCK = 771_040_111;

/**
 * Opens the embedded PostgreSQL (PGlite) in `${dataDir}/db` and brings its schema up to date.
 * @throws DataFolderInUse when another process has it open.
 */
export async function openEmbedded(options: { root: string; dataDir: string }): Promise<Database> {
  const unlock = lockDataFolder(options.dataDir);
  await makeEmbedded(options.root, `${options.dataDir}/db`);
  const [{ PGlite: Pglite }, { drizzle }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
  ]);
  const client: PGlite = new Pglite(`${options.dataDir}/db`);
  await client.waitReady;
  const db = drizzle(client);
  if (await migrationsArePending(db, options.root))
    await migratePglite(db, { migrationsFolder: migrationsFolder(options.root) });
  return {
    kind: 'embedded',
    db: db as unknown as Db,
    bullPool: await pgliteBullPool(client),
    ping: async () => {
      await client.query('select 1');
    },
    listen: async (channel, onPayload) => {
      await client.listen(channel, onPayload);
    },
    close: async () => {
      await client.close();
      unlock();
    },
  };
}

/**
 * Connects to a PostgreSQL server (15 or newer) and brings its schema up to date under an advisory lock, so that several
 * processes may start at once. @throws DatabaseAway when it does not answer; call again.
 */
export async function openServer(options: {
  root: string;
  url: string;
  log: { warn(fields: object, text: string): void };
}): Promise<Database> {
  const [{ default: pgModule }, { drizzle }] = await Promise.all([
    import('pg'),
    import('drizzle-orm/node-postgres'),
  ]);
  const pool = new pgModule.Pool({
    connectionString: options.url,
    max: 12,
    connectionTimeoutMillis: 3000,
    keepAlive: true,
    statement_timeout: 10_000,
    application_name: 'lang-nghe',
  });
  survive(pool);
  // A connection that dies while idle is replaced by the pool.
  pool.on('error', (error) =>
    options.log.warn({ code: (error as { code?: string }).code }, 'database connection lost'),
  );
  try {
    await underLock(pool, async (client) => {
      const db = drizzle(pool);
      if (await migrationsArePending(db, options.root))
        await migrateNodePostgres(db, { migrationsFolder: migrationsFolder(options.root) });
      await runMigrations(client as unknown as PgPoolClient, 'bullmq');
    });
  } catch (error) {
    await pool.end();
    throw isConnectionFault(error) ? new DatabaseAway(error) : error;
  }
  const bullPool = new pgModule.Pool({
    connectionString: options.url,
    // Each queue and worker holds one connection to listen on, beside the ones that do work.
    max: 24,
    connectionTimeoutMillis: 3000,
    keepAlive: true,
    options: '-c search_path=bullmq,public',
    application_name: 'lang-nghe-jobs',
  });
  survive(bullPool);
  // Every queue and worker adds its own.
  bullPool.setMaxListeners(0);
  bullPool.on('error', () => undefined);
  const listeners = new ServerListener(
    () => new pgModule.Client({ connectionString: options.url, keepAlive: true }),
  );
  return {
    kind: 'server',
    db: drizzle(pool) as unknown as Db,
    bullPool: bullPool as unknown as BullPool,
    ping: async () => {
      await pool.query({ text: 'select 1', query_timeout: 2000 } as pg.QueryConfig);
    },
    listen: (channel, onPayload) => listeners.listen(channel, onPayload),
    close: async () => {
      await listeners.close();
      await Promise.all([pool.end(), bullPool.end()]);
    },
  };
}

/** A connection that dies while borrowed fails its query, which is handled there; its own event, unheard, would end the process. */
function survive(pool: pg.Pool): void {
  pool.on('connect', (client) => client.on('error', () => undefined));
}

/** Whether an error means that the server could not be reached, as against an answer we did not like. */
export function isConnectionFault(error: unknown): boolean {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const code = (current as { code?: string }).code ?? '';
    // Class 08 connection exception, 57P01-03 server shutting down or starting, 53300 too many connections.
    if (/^(E[A-Z]+|08\w{3}|57P0[123]|53300)$/.test(code)) return true;
    if (
      /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/.test(
        current.message,
      )
    ) {
      return true;
    }
  }
  return false;
}

async function migrationsArePending(db: { execute: Db['execute'] }, root: string): Promise<boolean> {
  const known = readdirSync(migrationsFolder(root)).filter((name) => name.endsWith('.sql')).length;
  const table = (await db.execute(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as present`,
  )) as unknown as {
    rows: { present: boolean }[];
  };
  if (!table.rows[0]?.present) return true;
  const done = (await db.execute(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  )) as unknown as {
    rows: { count: number }[];
  };
  return (done.rows[0]?.count ?? 0) < known;
}

async function underLock(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await work(client);
  } finally {
    // Ending the session releases the lock even when the unlock itself could not be sent.
    client.release(true);
  }
}
