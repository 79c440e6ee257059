import type { RunningService } from './running-service.js';

/** The recovery key as the first start printed it: the prefix and the groups under it. */
export function printedRecoveryKey(service: Pick<RunningService, 'output'>): string {
  const printed = /AGE-SECRET-KEY-PQ-1\n(.+)\n(.+)\n/.exec(service.output());
  if (!printed) throw new Error('No recovery key was printed.');
  return printed[0];
}
