import { setTimeout as sleepFor } from 'node:timers/promises';
import { SendFault } from '../channel.js';
import type { Timing } from './parts.js';

/** Resolves after the time or when the signal ends, whichever is first. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleepFor(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Pauses that double while faults follow each other. */
export function createPauses({ firstPause, longestPause }: Pick<Timing, 'firstPause' | 'longestPause'>) {
  let faults = 0;
  return {
    /** Faults in a row. */
    get faults() {
      return faults;
    },
    /** Length of the pause after one more fault, milliseconds. */
    next(): number {
      faults += 1;
      return Math.min(longestPause, firstPause * 2 ** (faults - 1));
    },
    reset(): void {
      faults = 0;
    },
  };
}

/** How long a fault asks to wait, milliseconds; 0 when it does not. */
export const waitOf = (error: unknown): number =>
  error instanceof SendFault && error.decision.kind === 'wait' ? error.decision.milliseconds : 0;
