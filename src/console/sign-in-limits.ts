import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { createRotatingHash, household } from '../operations/address-keys.js';

const QUARTER_HOUR = 900;
const SALT_LIFE_MS = 24 * 3_600_000;

/**
 * How many sign-ins may be tried, in seconds. A name is limited loosely on its own, so that a stranger cannot lock
 * somebody out of their work by typing their name; strictly together with the address it comes from.
 */
const LIMITS = {
  nameAndAddress: { points: 6, duration: QUARTER_HOUR },
  address: { points: 30, duration: QUARTER_HOUR },
  name: { points: 60, duration: 4 * QUARTER_HOUR },
} as const;

export interface SignInLimits {
  /** Counts one try before the passphrase is looked at. `minutes` to wait when there were too many. */
  count(
    signInName: string,
    address: string,
  ): Promise<{ allowed: true } | { allowed: false; minutes: number }>;
  /** The try succeeded: it no longer counts. */
  forgive(signInName: string, address: string): Promise<void>;
}

/** In memory only. Keys are hashed with a salt that is thrown away daily: no address is kept anywhere. */
export function createSignInLimits(deps: {
  now(): number;
  randomBytes(count: number): Buffer;
}): SignInLimits {
  const limiters = {
    nameAndAddress: new RateLimiterMemory(LIMITS.nameAndAddress),
    address: new RateLimiterMemory(LIMITS.address),
    name: new RateLimiterMemory(LIMITS.name),
  };
  const hash = createRotatingHash(deps, SALT_LIFE_MS);

  const keysOf = (signInName: string, address: string) => {
    const from = household(address);
    return [
      [limiters.nameAndAddress, hash(`both\n${signInName}\n${from}`)],
      [limiters.address, hash(`address\n${from}`)],
      [limiters.name, hash(`name\n${signInName}`)],
    ] as const;
  };

  return {
    async count(signInName, address) {
      for (const [limiter, key] of keysOf(signInName, address)) {
        try {
          await limiter.consume(key);
        } catch (refused) {
          if (!(refused instanceof RateLimiterRes)) throw refused;
          return { allowed: false, minutes: Math.max(1, Math.ceil(refused.msBeforeNext / 60_000)) };
        }
      }
      return { allowed: true };
    },
    async forgive(signInName, address) {
      const [both, byAddress, byName] = keysOf(signInName, address);
      await both[0].delete(both[1]);
      await byAddress[0].reward(byAddress[1]);
      await byName[0].reward(byName[1]);
    },
  };
}
