import { createHmac } from 'node:crypto';

const SALT_LIFE_MS = 60 * 60 * 1000;

/**
 * A stand-in for a network address that lives in memory only: an HMAC with a random salt that is thrown away every
 * hour. Enough to slow down a flood, useless to find out who wrote. IPv6 counts by its /64, which is one household.
 */
export function createAddressKeys(parts: {
  readonly now: () => number;
  readonly randomBytes: (count: number) => Buffer;
}): (address: string | undefined) => string {
  let salt = parts.randomBytes(32);
  let saltSince = parts.now();
  return (address) => {
    if (parts.now() - saltSince >= SALT_LIFE_MS) {
      salt = parts.randomBytes(32);
      saltSince = parts.now();
    }
    return createHmac('sha256', salt)
      .update(household(address ?? 'unknown'))
      .digest('base64url')
      .slice(0, 22);
  };
}

function household(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const groups = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  return groups.slice(0, 4).join(':');
}
