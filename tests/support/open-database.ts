import { type Database, openEmbedded, openServer } from '../../src/store/database.js';
import type { Backend } from './backends.js';

/** The product's own database on a test's backend; embedded when it names no server: in `dataDir`, else in memory. */
export function openDatabase({ databaseUrl }: Backend, dataDir = ''): Promise<Database> {
  const root = process.cwd();
  return databaseUrl === undefined
    ? openEmbedded({ root, dataDir, inMemory: dataDir === '' })
    : openServer({ root, url: databaseUrl, log: { warn: () => undefined } });
}
