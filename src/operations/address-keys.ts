import { createHmac } from 'node:crypto';

/**
 * Stand-ins for what must not be kept, for counting only: an HMAC with a random salt that lives in memory and is thrown
 * away after `life` milliseconds. Enough to slow down a flood, useless to find out who wrote.
 */
export function createRotatingHash(
  parts: { now(): number; randomBytes(count: number): Buffer },
  life: number,
): (text: string) => string {
  let salt = parts.randomBytes(32);
  let saltSince = parts.now();
  return (text) => {
    if (parts.now() - saltSince >= life) {
      salt = parts.randomBytes(32);
      saltSince = parts.now();
    }
    return createHmac('sha256', salt).update(text).digest('base64url').slice(0, 22);
  };
}

/** What a network address counts as: itself, or for IPv6 its /64, which is one household. */
export function household(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const groups = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  return groups.slice(0, 4).join(':');
}
