import { generateSecret, generateURI, verifySync } from 'otplib/functional';

/** Codes change every 30 seconds (RFC 6238); every authenticator app knows SHA-1, 6 digits, 30 seconds. */
const STEP_SECONDS = 30;
/** A code typed this late is recognised, to say that it is old rather than wrong; it is not accepted. Seconds. */
const RECOGNISED_LATE = 600;
/** 160 bits, as RFC 4226 (section 4, R6) recommends. */
const SECRET_BYTES = 20;

/** A fresh secret, base32, 32 characters. */
export const newTotpSecret = (): string => generateSecret({ length: SECRET_BYTES });

/** What the QR code holds: the address that authenticator apps read. */
export const totpAddress = (secret: string, issuer: string, signInName: string): string =>
  generateURI({ secret, issuer, label: signInName });

export type TotpCheck =
  /** `step`: to be kept, so that neither this code nor an older one counts again. */
  | { readonly kind: 'right'; readonly step: number }
  /** It was right, but it or a later one has been used. */
  | { readonly kind: 'used' }
  /** It was right this many minutes ago: the telephone is slow, or so was the typing. */
  | { readonly kind: 'old'; readonly minutes: number }
  | { readonly kind: 'wrong' };

/**
 * Compares a typed code with the one of now, the one before and the one after. A code of later than that is not
 * recognised on purpose: to tell a guesser "too early" would give them a code that becomes right.
 * @param given.now milliseconds since 1970
 * @param given.lastStep the newest step that was used
 */
export function checkTotp(given: {
  readonly secret: string;
  /** Six digits. */
  readonly code: string;
  readonly now: number;
  readonly lastStep?: number | undefined;
}): TotpCheck {
  const epoch = Math.floor(given.now / 1000);
  const found = verifySync({
    secret: given.secret,
    token: given.code,
    epoch,
    period: STEP_SECONDS,
    epochTolerance: [RECOGNISED_LATE, STEP_SECONDS],
  });
  if (!found.valid || !('timeStep' in found)) return { kind: 'wrong' };
  if (given.lastStep !== undefined && found.timeStep <= given.lastStep) return { kind: 'used' };
  if (found.delta < -1)
    return { kind: 'old', minutes: Math.max(1, Math.round((-found.delta * STEP_SECONDS) / 60)) };
  return { kind: 'right', step: found.timeStep };
}
