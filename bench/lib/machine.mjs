// What the figures were measured on, and how busy it was: a figure without its machine says nothing.
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

export const describeMachine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  loadBefore: loadavg()[0],
});

/** Ticks of /proc/stat: all, and those in which no work was done. */
function ticks() {
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/);
  const numbers = fields.slice(0, 8).map(Number);
  return { all: numbers.reduce((sum, each) => sum + each, 0), idle: numbers[3] + numbers[4] };
}

/**
 * How many cores were busy over the last `milliseconds` without our doing anything: what others take away from us.
 * Zero on a quiet machine.
 */
export async function coresBusyWithOthers(milliseconds = 1000) {
  const before = ticks();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const after = ticks();
  return (1 - (after.idle - before.idle) / (after.all - before.all)) * cpus().length;
}
