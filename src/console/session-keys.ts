import { hkdfSync } from 'node:crypto';
import { lockBox, openBox } from '../reports/locked-box.js';
import { CannotOpen, type Identity } from '../reports/sealing.js';

/**
 * A member's opened identity between two requests: it lies in the session's row under a key made of the cookie's token, of which
 * the database knows only a hash. So any web process serves the session, and the database alone opens nothing.
 */
const keyOf = (token: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', token, '', 'lang-nghe session identity', 32));

const purposeOf = (staffId: string): string => `session:${staffId}`;

export const lockIdentity = (token: string, staffId: string, identity: Identity): Uint8Array =>
  lockBox(keyOf(token), purposeOf(staffId), identity);

/** Undefined when the session has none, or one that the token does not open. */
export function unlockIdentity(
  token: string,
  staffId: string,
  sealed: Uint8Array | undefined,
): Identity | undefined {
  if (sealed === undefined) return undefined;
  try {
    return openBox(keyOf(token), purposeOf(staffId), sealed) as Identity;
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
}
