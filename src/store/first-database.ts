import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * The files of an embedded database that holds nothing yet. Making them takes several seconds, so the build makes them
 * once and each first start copies them.
 */
const FOLDER = 'dist/first-database';
const KEY = 'key';
const FILES = 'db';

export const migrationsFolder = (root: string): string => path.join(root, 'src/store/migrations');

/** Copies the files that the build kept to `folder`. False when there are none that fit this program. */
export function copyFirstDatabase(root: string, folder: string): boolean {
  if (!isKept(root)) return false;
  const from = path.join(root, FOLDER, FILES);
  mkdirSync(folder);
  // Folders come before what is in them. `fs.cp` looks at each of the thousand files several times and takes six times as long.
  for (const name of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const file = path.join(name.parentPath, name.name);
    const to = path.join(folder, path.relative(from, file));
    if (name.isDirectory()) mkdirSync(to);
    else copyFileSync(file, to, constants.COPYFILE_FICLONE);
  }
  return true;
}

/**
 * Keeps the files for the first starts to come, unless that was done before.
 * @param make makes the database in the folder that it is given (in `db`) and closes it
 */
export async function keepFirstDatabase(
  root: string,
  make: (dataDir: string) => Promise<void>,
): Promise<void> {
  if (isKept(root)) return;
  const folder = path.join(root, FOLDER);
  rmSync(folder, { recursive: true, force: true });
  await make(folder);
  writeFileSync(path.join(folder, KEY), keyOf(root));
}

const isKept = (root: string): boolean => {
  const file = path.join(root, FOLDER, KEY);
  return existsSync(file) && readFileSync(file, 'utf8') === keyOf(root);
};

/** What the files depend on: the versions of the database and of the queue that keeps its tables in it, and our schema. */
function keyOf(root: string): string {
  const hash = createHash('sha256');
  const require = createRequire(path.join(root, 'package.json'));
  for (const name of ['@electric-sql/pglite', 'bullmq'])
    hash.update(`${name} ${versionOf(require.resolve(name))}\n`);
  const folder = migrationsFolder(root);
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith('.sql'))
    .sort())
    hash.update(`${name}\n`).update(readFileSync(path.join(folder, name)));
  return hash.digest('hex');
}

/** Version of the package that a file belongs to. */
function versionOf(file: string): string {
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (!existsSync(description)) continue;
    const { version } = JSON.parse(readFileSync(description, 'utf8')) as { version?: string };
    if (version !== undefined && /^\d/.test(version)) return version;
  }
  return 'unknown';
}
