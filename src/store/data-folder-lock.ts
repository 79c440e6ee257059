import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';

/** Another living process has this data folder open. Two would destroy the embedded database. */
export class DataFolderInUse extends Error {
  constructor(dataDir: string, owner: string) {
    super(
      `The data folder ${dataDir} is in use by process ${owner}. Stop that one first, or give this one its own DATA_DIR. ` +
        'To run several processes together, use a PostgreSQL server (DATABASE_URL).',
    );
  }
}

/** How often the owner shows that it lives, and how long after its last sign another machine's lock counts as left behind. Milliseconds. */
const SIGN_EVERY = 5000;
const LEFT_BEHIND_AFTER = 20_000;

/**
 * Takes the folder for this process and returns how to give it back. A lock left by a killed process is taken over at
 * once on the same machine; one of another machine or container (a shared volume) only when it shows no sign of life.
 */
export function lockDataFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, 'lock');
  const mine = `${process.pid} on ${hostname()}`;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
      const sign = setInterval(() => utimesSync(file, new Date(), new Date()), SIGN_EVERY).unref();
      return () => {
        clearInterval(sign);
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
      const owner = readFileSync(file, 'utf8');
      if (owner !== mine && isAlive(owner, file)) throw new DataFolderInUse(dataDir, owner);
      rmSync(file, { force: true });
    }
  }
  throw new DataFolderInUse(dataDir, 'unknown');
}

function isAlive(owner: string, file: string): boolean {
  const [, pid, host] = /^(\d+) on (.*)$/.exec(owner) ?? [];
  if (host !== undefined && host !== hostname())
    return Date.now() - statSync(file).mtimeMs < LEFT_BEHIND_AFTER;
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
