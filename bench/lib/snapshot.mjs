// A copy of the built program and its content to run from, so that a build or an edit in the middle of a bench
// cannot change what is measured. It lies inside the project so that node_modules is found from it, and outside bench/, whose
// own node_modules holds the peers with their versions of our libraries.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

export const projectRoot = path.resolve(import.meta.dirname, '../..');
const PARTS = ['dist', 'data', 'flows', 'locales', 'src/store/migrations'];

/** Returns the folder to start the program in, and how to remove it. */
export function takeSnapshot() {
  if (!existsSync(path.join(projectRoot, 'dist/main.js')))
    throw new Error('Nothing is built. Run: npm run build');
  const parent = path.join(projectRoot, 'var/bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(`${parent}/`);
  for (const part of PARTS)
    cpSync(path.join(projectRoot, part), path.join(folder, part), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
