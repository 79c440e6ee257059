import { SendFault } from '../channel.js';

/** Tells whether Telegram's "too fast" is meant for one person or for everybody. */
export interface Waits {
  /** The same fault, its wait widened to the whole channel when another person was told to wait and still is. */
  widen(fault: SendFault, address: string): SendFault;
}

/**
 * Telegram's 429 names no chat. One person refused is that person's affair; a second one refused while the first still
 * waits can only be the limit of all. Kept in memory: forgetting it costs one refused call.
 */
export function createWaits(now: () => number): Waits {
  let last: { readonly address: string; readonly until: number } | undefined;
  return {
    widen(fault, address) {
      if (fault.decision.kind !== 'wait') return fault;
      const { milliseconds } = fault.decision;
      const everybody = last !== undefined && last.address !== address && last.until > now();
      last = { address, until: now() + milliseconds };
      return everybody
        ? new SendFault('too_fast_for_all', { kind: 'wait', milliseconds, scope: 'channel' })
        : fault;
    },
  };
}
