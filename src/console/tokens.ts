import { createHash, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A random token for a cookie or a link (43 characters, URL-safe) and the hash that is stored in its place. */
export function newToken(randomBytes: (count: number) => Buffer): { token: string; tokenHash: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

/** SHA-256; enough for a token of 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Compares two texts without telling by time where they differ. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hashToken(one), hashToken(other));
}
