import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from './until.js';

/** The true program in a process of its own, as a user starts it. */
export interface RunningService {
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** Everything it printed so far: the page of lines and the log. */
  output(): string;
  /** Milliseconds from the start of the process to `ready`. */
  readonly startedIn: number;
  /** Ends it: SIGTERM and the exit code, or SIGKILL. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Kept when given, else made and removed with `stop`. */
  readonly dataDir?: string;
  readonly script?: string;
  /** Do not wait for the database. */
  readonly doNotWait?: boolean;
}

/** Starts dist/main.js on a free port and waits until it is ready. */
export async function startProgram(options: StartOptions = {}): Promise<RunningService> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'lang-nghe-'));
  const started = Date.now();
  const child = spawn('node', ['--enable-source-maps', options.script ?? 'dist/main.js'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const port = options.env?.PORT;
  const address = (): string | undefined =>
    port === undefined ? /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] : `http://127.0.0.1:${port}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}:\n${output}`);
    const url = address();
    if (url === undefined) return false;
    const answer = await fetch(`${url}/${options.doNotWait ? 'healthz' : 'readyz'}`).catch(() => undefined);
    return answer?.ok === true;
  }, 60_000);
  return {
    url: address() ?? '',
    dataDir,
    process: child,
    output: () => output,
    startedIn: Date.now() - started,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const code = await exited;
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

/** Starts the program expecting that it refuses; resolves with what it said. */
export async function startRefused(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-'));
  const child = spawn('node', ['dist/main.js'], {
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  rmSync(dataDir, { recursive: true, force: true });
  return { code, output };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
