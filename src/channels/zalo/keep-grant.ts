import type { Oa } from './oa.js';
import type { Tokens } from './tokens.js';

/** How often the grant is looked after when all is well, and when it is not, milliseconds. */
const USUAL = 5 * 60_000;
const SOON = 60_000;

/**
 * Zalo has nothing to be told when the service starts: its webhook is set in the console. But a grant that nobody uses
 * ends after three months, one that is lost should be known before somebody needs it, and a token in memory can carry an
 * emergency card when the database is away. Faults raise the alarm where they arise.
 */
export function keepGrant({ tokens, oa }: { readonly tokens: Tokens; readonly oa: Oa }): {
  stop(): Promise<void>;
} {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const pause = await tokens
      .look()
      .then(() => oa.messages())
      .then(
        () => USUAL,
        () => SOON,
      );
    if (!stopped) timer = setTimeout(again, pause);
  };
  const again = () => {
    round = look();
  };
  again();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
