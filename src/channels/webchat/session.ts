import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a session token opens its talk. */
const LIFE_MINUTES = 12 * 60;
/** A token from a machine whose clock runs a little ahead of ours is still good. */
const CLOCK_SLACK_MINUTES = 2;
const RANDOM_BYTES = 16;
const MINUTE_BYTES = 4;
const SEAL_BYTES = 16;
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{48}$/;

/**
 * Session tokens: 16 random bytes, the minute of issue and 16 bytes of HMAC, as 48 base64url characters. They need no
 * store, tell nothing about the person, and only we can make them.
 */
export interface Sessions {
  issue(): string;
  /** Whether we made this token and it is not older than 12 hours. Never throws, whatever the text. */
  isGood(token: string): boolean;
}

export function createSessions(parts: {
  readonly sessionKey: Buffer;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Buffer;
}): Sessions {
  const minuteNow = () => Math.floor(parts.now() / 60_000);
  const seal = (head: Buffer) =>
    createHmac('sha256', parts.sessionKey)
      .update('webchat session 1\n')
      .update(head)
      .digest()
      .subarray(0, SEAL_BYTES);
  return {
    issue() {
      const minute = Buffer.alloc(MINUTE_BYTES);
      minute.writeUInt32BE(minuteNow());
      const head = Buffer.concat([parts.randomBytes(RANDOM_BYTES), minute]);
      return Buffer.concat([head, seal(head)]).toString('base64url');
    },
    isGood(token) {
      if (!TOKEN_SHAPE.test(token)) return false;
      const bytes = Buffer.from(token, 'base64url');
      const head = bytes.subarray(0, RANDOM_BYTES + MINUTE_BYTES);
      if (!timingSafeEqual(bytes.subarray(head.length), seal(head))) return false;
      const age = minuteNow() - head.readUInt32BE(RANDOM_BYTES);
      return age >= -CLOCK_SLACK_MINUTES && age < LIFE_MINUTES;
    },
  };
}
