import { spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { copyFirstDatabase } from './first-database.js';

const SCRIPT = `
import { PGlite } from '@electric-sql/pglite';
const database = new PGlite(process.argv[1]);
await database.waitReady;
await database.close();
`;

/**
 * Makes the embedded database's files at the first start, whole or not at all: copies those that the build kept, else
 * makes them anew.
 * @param root folder of the program
 */
export async function makeEmbedded(root: string, folder: string): Promise<void> {
  if (existsSync(path.join(folder, 'PG_VERSION'))) return;
  const making = path.resolve(`${folder}.making`);
  // Left behind by a start that was stopped in the middle.
  rmSync(making, { recursive: true, force: true });
  if (!copyFirstDatabase(root, making)) await makeAnew(root, making);
  // A folder that holds anything else is left alone: this fails.
  renameSync(making, folder);
}

/**
 * In a process of its own: making the files takes about twice the memory of using them, and a process keeps the memory
 * it once had until it ends.
 */
async function makeAnew(root: string, folder: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, folder], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`The embedded database could not be made in ${folder} (exit code ${code}).`)),
    );
  });
}
