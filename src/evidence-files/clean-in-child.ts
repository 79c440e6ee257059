import { spawn } from 'node:child_process';
import type { NotCleaned } from './clean-image.js';
import { readOutcome } from './framing.js';

/** Longest that one picture may take from the start of its process, milliseconds. */
const TIME_LIMIT = 30_000;
/** A clean copy of 2,048 × 2,048 pixels never comes near this, bytes. */
const LONGEST_ANSWER = 24 * 1024 * 1024;

/** Copies for daily work, or why there are none; the original is kept in any case. */
export type Cleaned =
  | { readonly kind: 'cleaned'; readonly clean: Buffer; readonly preview: Buffer }
  | { readonly kind: 'not_cleaned'; readonly why: NotCleaned | 'too_slow' | 'crashed' };

export type Clean = (type: string, bytes: Buffer) => Promise<Cleaned>;

/**
 * Cleans pictures, one after another, each in a process of its own that is killed when it takes too long: a hostile file can
 * neither hold up nor crash the service, and finds no key in the process it breaks into.
 * @param script dist/evidence-files/cleaning-process.js
 * @throws when no process can be started: worth another try
 */
export function createCleaner(script: string, timeLimit: number = TIME_LIMIT): Clean {
  let last: Promise<unknown> = Promise.resolve();
  return (type, bytes) => {
    const mine = last.then(() => cleanOne(script, timeLimit, type, bytes));
    last = mine.catch(() => undefined);
    return mine;
  };
}

function cleanOne(script: string, timeLimit: number, type: string, bytes: Buffer): Promise<Cleaned> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--max-old-space-size=256', script, type], {
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    let length = 0;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeLimit);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > LONGEST_ANSWER) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.once('close', () => {
      clearTimeout(timer);
      const outcome = readOutcome(Buffer.concat(chunks));
      resolve(outcome ?? { kind: 'not_cleaned', why: late ? 'too_slow' : 'crashed' });
    });
    // It may die before it has read everything; then its end tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
  });
}
