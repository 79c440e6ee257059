import { type Database, openEmbedded, openServer } from '../../src/store/database.js';
import type { Backend } from './backends.js';

/** The product's own database on a test's backend; embedded in memory when it names no server. */
export function openDatabase({ databaseUrl }: Backend): Promise<Database> {
  const root = process.cwd();
  return databaseUrl === undefined
    ? openEmbedded({ root, dataDir: '', inMemory: true })
    : openServer({ root, url: databaseUrl, log: { warn: () => undefined } });
}
