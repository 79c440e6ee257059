// Programs under measurement: each in a process of its own, as a user starts it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { projectRoot } from './snapshot.mjs';

/** A port that was free a moment ago. */
export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const CLOCK_TICKS_PER_SECOND = 100;
const POLL_EVERY = 5;
const START_LIMIT = 60_000;

/**
 * Starts `node ...args` with PORT set and polls `ready` until it answers 200. `startedIn` is the wall time from the
 * spawn to that answer, milliseconds. @throws with its output when it ends or takes too long.
 */
export async function startProgram({ args, cwd, env = {}, ready }) {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: `${port}`, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + chunk).slice(-5000)));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  while (!(await answers(`http://127.0.0.1:${port}${ready}`))) {
    if (child.exitCode !== null || performance.now() - started > START_LIMIT) {
      child.kill('SIGKILL');
      throw new Error(`The program did not start:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
  }
  return {
    port,
    startedIn: performance.now() - started,
    output: () => output,
    /** Resident memory of the process, MB (10^6 bytes would flatter; these are 2^20). */
    residentMb: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    /** Processor time used so far, user and system together, milliseconds. */
    cpuMs() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return ((Number(fields[11]) + Number(fields[12])) * 1000) / CLOCK_TICKS_PER_SECOND;
    },
    async stop() {
      child.kill('SIGTERM');
      const last = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await exited;
      clearTimeout(last);
    },
  };
}

/** One request, no kept connection: a kept one would hold the stop of the program back. */
const answers = (url) =>
  new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });

/** What `npm start` hands to node. */
const { scripts } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
const START_ARGS = /exec node (.+)$/.exec(scripts.start)[1].split(' ');

/** Starts the built service. `extraArgs` go to node, e.g. --cpu-prof. */
export const startService = (snapshot, backend, extraArgs = []) =>
  startProgram({
    args: [...extraArgs, ...START_ARGS],
    cwd: snapshot.folder,
    env: backend.env,
    ready: '/readyz',
  });
