import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { BuiltState } from './built-state.js';

/**
 * What `npm run build` weighs and compiles is kept beside the program, so that a start reads it in milliseconds. A kept
 * state is taken only when program, content and Node are those it was made with; else it is built in the process.
 */
const FILE = 'dist/understanding.state';
const INPUTS = ['locales/vi/answers', 'locales/vi/danger', 'locales/vi/words'];
const SINGLE_INPUTS = ['locales/vi/smalltalk.yaml', 'data/documents.yaml'];
const KEY_LENGTH = 64;

/** Stands for the source of understanding; put in by scripts/build.mjs, absent where the source runs unbundled. */
declare const UNDERSTANDING_SOURCE: string | undefined;

/** The state kept for this program and the content below `root` as it is; undefined where there is none. */
export function readKeptState(root: string): BuiltState | undefined {
  const key = keyOf(root);
  const path = join(root, FILE);
  if (key === undefined || !existsSync(path)) return undefined;
  const file = readFileSync(path);
  if (file.toString('latin1', 0, KEY_LENGTH) !== key) return undefined;
  try {
    // Written by our own build, for this very program and content: its shape needs no second look.
    return deserialize(file.subarray(KEY_LENGTH)) as BuiltState;
  } catch {
    return undefined;
  }
}

/** Keeps the state for this program and the content below `root` as it is. */
export function keepState(root: string, state: BuiltState): void {
  const key = keyOf(root);
  if (key === undefined) return;
  const path = join(root, FILE);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.concat([Buffer.from(key, 'latin1'), serialize(state)]));
}

function keyOf(root: string): string | undefined {
  if (typeof UNDERSTANDING_SOURCE === 'undefined') return undefined;
  const hash = createHash('sha256').update(UNDERSTANDING_SOURCE).update(process.version);
  const files = INPUTS.flatMap((folder) => filesBelow(join(root, folder)));
  for (const file of [...files, ...SINGLE_INPUTS.map((name) => join(root, name))]) {
    const bytes = existsSync(file) ? readFileSync(file) : undefined;
    hash.update(`\n${file.slice(root.length)} ${bytes?.length}\n`);
    if (bytes) hash.update(bytes);
  }
  return hash.digest('hex');
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
