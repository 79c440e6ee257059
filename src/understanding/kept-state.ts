import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuiltState } from './built-state.js';
import { pack, unpack } from './packed.js';

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
    return unpack(file.subarray(KEY_LENGTH)) as BuiltState;
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
  writeFileSync(path, Buffer.concat([Buffer.from(key, 'latin1'), pack(state)]));
}

function keyOf(root: string): string | undefined {
  if (typeof UNDERSTANDING_SOURCE === 'undefined') return undefined;
  const hash = createHash('sha256').update(UNDERSTANDING_SOURCE).update(process.version);
  const files = INPUTS.flatMap((folder) => filesBelow(join(root, folder)));
  for (const file of [...files, ...SINGLE_INPUTS.map((name) => join(root, name))]) {
    hash.update(`\n${file.slice(root.length)}\n`);
    if (existsSync(file)) addFile(hash, file);
  }
  return hash.digest('hex');
}

/** Piece by piece: whole files would take memory that a start does not give back. */
function addFile(hash: Hash, path: string): void {
  const piece = Buffer.allocUnsafe(64 * 1024);
  const file = openSync(path, 'r');
  try {
    hash.update(`${fstatSync(file).size}\n`);
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece))
      hash.update(piece.subarray(0, read));
  } finally {
    closeSync(file);
  }
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
