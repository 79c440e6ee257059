import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The service key of an embedded installation: made at the first start and kept in `${dataDir}/service.key`, readable
 * by this user only. Whoever has the data folder has the key too; a server installation keeps it apart, in SERVICE_KEY.
 */
export function keptServiceKey(dataDir: string): [Buffer] {
  const file = path.join(dataDir, 'service.key');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    // Fails when the file is there, so two first starts cannot make two keys.
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new DamagedServiceKey(file);
  return [key];
}

/** The kept key is no key; starting with another would make everything stored unreadable. */
export class DamagedServiceKey extends Error {
  constructor(file: string) {
    super(
      `${file} does not hold a 32-byte key. Put the right file back; without it the stored reports cannot be read.`,
    );
  }
}
