import type { PushChannelDeps } from '../push-channel.js';

/** Pauses between tries, milliseconds; the last one repeats. */
const PAUSES = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000] as const;

/** How long to wait after the given number of failures in a row. */
export const pauseAfter = (failures: number): number =>
  PAUSES[Math.min(Math.max(failures, 1), PAUSES.length) - 1] ?? 60_000;

/** Resolves after that time or as soon as the signal ends. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}

/** An alarm that is raised once for a cause and taken back only by whoever raised it. */
export function createOwnAlarm({ alarm }: Pick<PushChannelDeps, 'alarm'>) {
  let raised: string | undefined;
  return (code: string | undefined): void => {
    if (code === raised) return;
    raised = code;
    alarm(code);
  };
}
