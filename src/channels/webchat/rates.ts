import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Requests per minute. An address may be a whole school or a village café, so it gets much more than one session. */
export interface WebchatRates {
  readonly messagesPerSession: number;
  readonly messagesPerAddress: number;
  readonly lookupsPerAddress: number;
}

export const RATES: WebchatRates = {
  messagesPerSession: 40,
  messagesPerAddress: 600,
  lookupsPerAddress: 900,
};

/** `undefined`: go on. A number: refused, come back after so many whole seconds. */
export type RateAnswer = number | undefined;

export interface Rates {
  /** One message of a session (absent: a new one) from an address stand-in. */
  message(addressKey: string, contact: string | undefined): Promise<RateAnswer>;
  /** What could not be stored does not count against its session: the page tries it again by itself. */
  notTaken(contact: string): Promise<void>;
  /** One small read: places, a stream, forgetting. */
  lookup(addressKey: string): Promise<RateAnswer>;
}

/** Counters in memory only, gone after a minute. */
export function createRates(rates: WebchatRates): Rates {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterMemory({ keyPrefix, points, duration: 60 });
  const sessions = limiter('session', rates.messagesPerSession);
  const addresses = limiter('address', rates.messagesPerAddress);
  const lookups = limiter('lookup', rates.lookupsPerAddress);
  return {
    async message(addressKey, contact) {
      const refused = await take(addresses, addressKey);
      return refused ?? (contact === undefined ? undefined : take(sessions, contact));
    },
    async notTaken(contact) {
      await sessions.reward(contact);
    },
    lookup: (addressKey) => take(lookups, addressKey),
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<RateAnswer> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}
