import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { openServer } from '../../src/store/database.js';

/** Where a test's database and queue live. Undefined means embedded. */
export interface Backend {
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  /** Removes what was made for this test. */
  drop(): Promise<void>;
}

interface BackendKind {
  readonly name: string;
  /** False when the service was not found on this machine; its tests are then listed as not run. */
  readonly here: boolean;
  make(): Promise<Backend>;
}

/** What the service runs on, smallest first. */
export const BACKENDS: readonly BackendKind[] = [
  { name: 'embedded', here: true, make: async () => ({ drop: async () => undefined }) },
  { name: 'PostgreSQL', here: process.env.FOUND_POSTGRES !== '', make: makePostgres },
  {
    name: 'PostgreSQL and Redis',
    here: process.env.FOUND_POSTGRES !== '' && process.env.FOUND_REDIS !== '',
    make: async () => {
      const [postgres, redis] = [await makePostgres(), await makeRedis()];
      return {
        ...postgres,
        ...redis,
        drop: async () => void (await Promise.all([postgres.drop(), redis.drop()])),
      };
    },
  },
];

type Suite = (make: () => Promise<Backend>) => void;

/** Runs a suite on each backend; those whose services are absent are shown as skipped. */
export const describeOnEachBackend = (what: string, suite: Suite): void => describeOn(BACKENDS, what, suite);

/** The same for a suite that knows of no queue: with Redis beside the database it would be run twice. */
export const describeOnEachDatabase = (what: string, suite: Suite): void =>
  describeOn(BACKENDS.slice(0, 2), what, suite);

function describeOn(backends: readonly BackendKind[], what: string, suite: Suite): void {
  for (const backend of backends) {
    (backend.here ? describe : describe.skip)(`${what} (${backend.name})`, () => suite(() => backend.make()));
  }
}

async function makePostgres(): Promise<Backend & { databaseUrl: string }> {
  const admin = process.env.FOUND_POSTGRES ?? '';
  const name = `lang_nghe_test_${randomBytes(6).toString('hex')}`;
  await runOn(admin, `create database ${name} template ${await postgresTemplate()}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return {
    databaseUrl: url.toString(),
    drop: () => runOn(admin, `drop database if exists ${name} with (force)`),
  };
}

async function runOn(url: string, statement: string): Promise<void> {
  await withClient(url, (client) => client.query(statement));
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let template: Promise<string> | undefined;
const TEMPLATE_LOCK = 771_040_112;

/**
 * Name of a database with our schema, of which those of the tests are copies, so that none waits for it to be made. The
 * first test of a run that asks makes it, as a first start does; leave-services.ts removes it.
 */
function postgresTemplate(): Promise<string> {
  template ??= withClient(process.env.FOUND_POSTGRES ?? '', async (client) => {
    const name = process.env.POSTGRES_TEMPLATE ?? '';
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await makeTemplate(client, name);
    return name;
  });
  return template;
}

async function makeTemplate(client: pg.Client, name: string): Promise<void> {
  const making = `${name}_making`;
  await client.query(`create database ${making}`);
  const url = new URL(process.env.FOUND_POSTGRES ?? '');
  url.pathname = `/${making}`;
  const log = { warn: () => undefined };
  const database = await openServer({ root: process.cwd(), url: url.toString(), log });
  await database.close();
  await client.query(`alter database ${making} rename to ${name}`);
}

/** One Redis database per test process, emptied first. */
async function makeRedis(): Promise<Backend & { redisUrl: string }> {
  const url = new URL(process.env.FOUND_REDIS ?? '');
  url.pathname = `/${(Number(process.env.JEST_WORKER_ID ?? '1') % 14) + 1}`;
  const empty = async (): Promise<void> => {
    const client = new Redis(url.toString());
    await client.flushdb();
    client.disconnect();
  };
  await empty();
  return { redisUrl: url.toString(), drop: empty };
}
