// Where the data lies: embedded, a PostgreSQL server, or that with Redis. Each `make` gives a fresh, empty one.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';

const POSTGRES = process.env.BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const REDIS = process.env.BENCH_REDIS_URL ?? 'redis://127.0.0.1:6379/14';

/** `{kind, env, dataDir, databaseUrl?, drop()}`: `env` is what the service is started with. */
export const makeBackend = {
  embedded: makeEmbedded,
  postgres: makePostgres,
  'postgres+redis': makePostgresAndRedis,
};

/** The kinds whose servers answer here. */
export async function backendsHere() {
  const here = ['embedded'];
  if (
    !(await runOn(POSTGRES, 'select 1').then(
      () => true,
      () => false,
    ))
  )
    return here;
  here.push('postgres');
  const redis = new Redis(REDIS, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => undefined);
  if (
    await redis.connect().then(
      () => true,
      () => false,
    )
  )
    here.push('postgres+redis');
  redis.disconnect();
  return here;
}

async function makeEmbedded() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-bench-'));
  return {
    kind: 'embedded',
    dataDir,
    env: { DATA_DIR: dataDir },
    drop: async () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

async function makePostgres() {
  const embedded = await makeEmbedded();
  const name = `lang_nghe_bench_${randomBytes(6).toString('hex')}`;
  await runOn(POSTGRES, `create database ${name}`);
  const url = new URL(POSTGRES);
  url.pathname = `/${name}`;
  return {
    kind: 'postgres',
    dataDir: embedded.dataDir,
    databaseUrl: url.toString(),
    env: { ...embedded.env, DATABASE_URL: url.toString(), SERVICE_KEY: randomBytes(32).toString('base64') },
    drop: async () => {
      await embedded.drop();
      await runOn(POSTGRES, `drop database if exists ${name} with (force)`);
    },
  };
}

async function makePostgresAndRedis() {
  const postgres = await makePostgres();
  await emptyRedis();
  return {
    ...postgres,
    kind: 'postgres+redis',
    env: { ...postgres.env, REDIS_URL: REDIS },
    drop: async () => {
      await postgres.drop();
      await emptyRedis();
    },
  };
}

async function emptyRedis() {
  const redis = new Redis(REDIS);
  await redis.flushdb();
  redis.disconnect();
}

/** One statement on a connection of its own; returns its rows. */
export async function runOn(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Processor time that PostgreSQL's sessions on this backend's database have used so far, milliseconds; undefined when
 * they do not run on this machine. Call while their connections are open: a session that has ended is not counted.
 */
export function postgresCpuMs(backend) {
  if (backend.databaseUrl === undefined) return undefined;
  const name = new URL(backend.databaseUrl).pathname.slice(1);
  let ticks;
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      // PostgreSQL writes the database's name into the title of each session's process.
      const title = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      if (!title.startsWith('postgres: ') || !title.includes(name)) continue;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      ticks = (ticks ?? 0) + Number(fields[11]) + Number(fields[12]);
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return ticks === undefined ? undefined : ticks * 10;
}
