import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Redis } from 'ioredis';
import pg from 'pg';

/**
 * Runs once before all tests: looks which real services are here and tells the tests through the environment.
 * `npm test` needs none of them; with CI=true an absent one is an error, so that nothing is skipped unseen.
 */
export default async function findServices(): Promise<void> {
  const postgres = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
  const redis = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
  const chromium = [
    process.env.TEST_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((file) => file !== undefined && existsSync(file));
  const found = {
    PostgreSQL: (await postgresAnswers(postgres)) ? postgres : undefined,
    Redis: (await redisAnswers(redis)) ? redis : undefined,
    Chromium: chromium,
  };
  const missing = Object.entries(found).filter(([, where]) => where === undefined);
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(', ');
    if (process.env.CI === 'true') throw new Error(`In CI these must be there and answer: ${names}.`);
    process.stderr.write(`\nNot found here, so their tests are not run: ${names}.\n`);
  }
  process.env.FOUND_POSTGRES = found.PostgreSQL ?? '';
  process.env.FOUND_REDIS = found.Redis ?? '';
  process.env.FOUND_CHROMIUM = found.Chromium ?? '';
  process.env.POSTGRES_TEMPLATE = `lang_nghe_test_${randomBytes(6).toString('hex')}`;
}

async function postgresAnswers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function redisAnswers(url: string): Promise<boolean> {
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 2000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
