import { SendFault } from '../channel.js';
import type { PushChannelDeps } from '../push-channel.js';

/** Alarms besides those named after a refusal (errors.ts): what an operator must know of receiving. */
export const ALARMS = {
  /** So many messages wait for the database that Telegram would show no new one: the oldest are now held in memory only. */
  backlog: 'backlog',
  /** Telegram says that it cannot deliver to our webhook: address, certificate or firewall. */
  cannot_reach_us: 'cannot_reach_us',
} as const;

/** Faults that pass by themselves are an alarm only from the third in a row: a restart of Telegram, the old process during an update. */
const PATIENT_WITH = 3;

/** Raises an alarm once and takes it back once. */
export function createAlarm(deps: Pick<PushChannelDeps, 'alarm'>) {
  // An alarm of an earlier process may still stand: the first success takes it back in any case.
  let raised: string | undefined = 'unknown';
  return {
    raise(code: string): void {
      if (raised === code) return;
      raised = code;
      deps.alarm(code);
    },
    clear(): void {
      if (raised === undefined) return;
      raised = undefined;
      deps.alarm(undefined);
    },
    /** Raises the alarm of a fault of ours at once, of a passing one after `faults` in a row. */
    fault(error: unknown, faults: number): void {
      const code = error instanceof SendFault ? error.code : 'unexpected';
      const ours = error instanceof SendFault && error.decision.kind === 'operator';
      if (ours || faults >= PATIENT_WITH) this.raise(code);
    },
  };
}
export type Alarm = ReturnType<typeof createAlarm>;
