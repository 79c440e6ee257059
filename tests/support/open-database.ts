import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, openEmbedded, openServer } from '../../src/store/database.js';
import type { Backend } from './backends.js';

/** The product's own database on a test's backend; embedded when it names no server: in `dataDir`, else for this test only. */
export async function openDatabase({ databaseUrl }: Backend, dataDir?: string): Promise<Database> {
  const root = process.cwd();
  if (databaseUrl !== undefined)
    return openServer({ root, url: databaseUrl, log: { warn: () => undefined } });
  if (dataDir !== undefined) return openEmbedded({ root, dataDir });
  const own = mkdtempSync(path.join(tmpdir(), 'lang-nghe-test-'));
  const database = await openEmbedded({ root, dataDir: own });
  return {
    ...database,
    close: async () => {
      await database.close();
      rmSync(own, { recursive: true, force: true });
    },
  };
}
