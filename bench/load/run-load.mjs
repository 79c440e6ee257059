// Starts the load process and gives back what it measured.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../lib/snapshot.mjs';

/** @param options see load/main.mjs; `root` is the project's. */
export async function runLoad(options) {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'main.mjs'), JSON.stringify({ root: projectRoot, ...options })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The load process ended with ${code}.`);
  return JSON.parse(output);
}
