import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const SCRIPT = `
import { PGlite } from '@electric-sql/pglite';
const database = new PGlite(process.argv[1]);
await database.waitReady;
await database.close();
`;

/**
 * Makes the embedded database's files at the first start, in a process of its own: making them takes about twice the
 * memory of using them, and a process keeps the memory it once had until it ends.
 * @param root folder from which the package is found
 */
export async function makeEmbedded(root: string, folder: string): Promise<void> {
  if (existsSync(path.join(folder, 'PG_VERSION'))) return;
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, path.resolve(folder)], {
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
