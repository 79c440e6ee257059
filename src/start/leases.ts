import { randomUUID } from 'node:crypto';
import { LeaseNotFree, type Leases } from '../channels/push-channel.js';
import { alone, type LeaseRows } from '../store/leases.js';

/** A lead ends by itself after this when its process dies, milliseconds. */
const LIFE = 15_000;
const RENEW_EVERY = 5_000;

/**
 * The channels' leases on the database's rows. `whenAway`: whether to lead when the database does not answer: somebody must go
 * on receiving, so that emergency cards still go out.
 */
export function createLeases(parts: {
  readonly rows: () => LeaseRows;
  readonly whenAway: boolean;
  readonly onFault: (error: unknown) => void;
}): Leases {
  return {
    async alone(name, times, work) {
      const done = await alone(parts.rows(), name, times, work);
      if (!done) throw new LeaseNotFree();
      return done.value;
    },
    lead(name, work) {
      const holder = randomUUID();
      let running: { readonly end: AbortController; readonly done: Promise<void> } | undefined;
      const holds = async (): Promise<boolean> => {
        try {
          return await parts.rows().take(name, holder, LIFE);
        } catch {
          return parts.whenAway || running !== undefined;
        }
      };
      const look = async (): Promise<void> => {
        const leads = await holds();
        if (leads && !running) {
          const end = new AbortController();
          const done = work(end.signal)
            .catch(parts.onFault)
            .finally(() => {
              running = undefined;
            });
          running = { end, done };
        } else if (!leads) running?.end.abort();
      };
      let looking = look();
      const timer = setInterval(() => {
        looking = looking.then(look);
      }, RENEW_EVERY);
      return {
        async stop() {
          clearInterval(timer);
          await looking;
          running?.end.abort();
          await running?.done;
          // What cannot be given back ends by itself.
          await Promise.resolve()
            .then(() => parts.rows().giveBack(name, holder))
            .catch(() => undefined);
        },
      };
    },
  };
}
