import { createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import type { Database } from '../../src/store/database.js';

/** One thing that lay somewhere, as bytes. */
export interface Found {
  readonly where: string;
  readonly bytes: Buffer;
}

/** Every file under a folder. */
export function takeFiles(folder: string): Found[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return { where: file, bytes: readFileSync(file) };
    });
}

/** Every value of every row of every table, the queue's too, as a dump of the database holds them. */
export async function takeRows({ db }: Database): Promise<Found[]> {
  const rowsOf = async (query: string): Promise<Record<string, unknown>[]> =>
    ((await db.execute(sql.raw(query))) as unknown as { rows: Record<string, unknown>[] }).rows;
  const tables = await rowsOf(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found: Found[] = [];
  for (const { schema, name } of tables) {
    for (const row of await rowsOf(`select * from "${schema}"."${name}"`)) {
      for (const [column, value] of Object.entries(row))
        if (value !== null) found.push({ where: `${name}.${column}`, bytes: toBytes(value) });
    }
  }
  return found;
}

const toBytes = (value: unknown): Buffer =>
  value instanceof Uint8Array
    ? Buffer.from(value)
    : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

/** Every key of Redis with all it holds. */
export async function takeRedis(url: string): Promise<Found[]> {
  const redis = new Redis(url);
  const found: Found[] = [];
  for (const key of await redis.keys('*')) {
    const read: Record<string, () => Promise<unknown>> = {
      string: () => redis.get(key),
      hash: () => redis.hgetall(key),
      list: () => redis.lrange(key, 0, -1),
      set: () => redis.smembers(key),
      zset: () => redis.zrange(key, '0', '-1'),
      stream: () => redis.xrange(key, '-', '+'),
    };
    const value = await read[await redis.type(key)]?.();
    found.push({ where: `redis ${key}`, bytes: Buffer.from(JSON.stringify([key, value])) });
  }
  redis.disconnect();
  return found;
}

/**
 * What the service key opens of these, whatever it was for: the cipher's purpose guards against swapping values, not against
 * somebody who has the key, so it is passed over (GCM without its check is counter mode from 2).
 */
export function openWithServiceKey(found: readonly Found[], serviceKey: Buffer): Found[] {
  const key = Buffer.from(hkdfSync('sha256', serviceKey, '', 'lang-nghe at rest', 32));
  const keyId = createHash('sha256').update(serviceKey).digest().subarray(0, 4);
  return found.flatMap(({ where, bytes }) => {
    if (bytes[0] !== 1 || bytes.length < 33 || !bytes.subarray(1, 5).equals(keyId)) return [];
    const counter = Buffer.concat([bytes.subarray(5, 17), Buffer.of(0, 0, 0, 2)]);
    const opened = createDecipheriv('aes-256-ctr', key, counter).update(bytes.subarray(17, -16));
    return [{ where: `${where}, opened`, bytes: opened }];
  });
}

/** Where these words lie, "word: place". */
export const whereLie = (words: readonly string[], found: readonly Found[]): string[] =>
  words.flatMap((word) => {
    const forms = [
      Buffer.from(word, 'utf8'),
      Buffer.from(word.normalize('NFD'), 'utf8'),
      Buffer.from(word, 'utf16le'),
    ];
    return found
      .filter(({ bytes }) => forms.some((form) => bytes.includes(form)))
      .map(({ where }) => `${word}: ${where}`);
  });
