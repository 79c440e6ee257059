import type { StaffMember } from '../staff/staff.js';
import type { Here } from './here.js';
import { normalisePassphrase } from './passphrase.js';
import type { Words } from './words.js';

/** What a typed passphrase led to. `minutes`: how long to wait. */
type PassphraseCheck =
  | { readonly kind: 'right'; readonly member: StaffMember; readonly passphrase: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too_many'; readonly minutes: number };

/**
 * Counts the try, then compares; an unknown name, a wrong passphrase and a disabled member look and take the same.
 * The only place where a passphrase is compared: sign-in, unlocking, and before the second step is changed.
 */
export async function checkPassphrase(
  { req, limits, deps, decoyHash }: Here,
  signInName: string,
  typed: string,
): Promise<PassphraseCheck> {
  const address = req.ip ?? '';
  const counted = await limits.count(signInName, address);
  if (!counted.allowed) {
    deps.log.warn({ event: 'sign_in_limited' }, 'Too many sign-ins were tried.');
    return { kind: 'too_many', minutes: counted.minutes };
  }
  const member = await deps.staff.bySignInName(signInName);
  const decoy = await decoyHash();
  const hash = member?.passphraseHash ?? decoy;
  const passphrase = normalisePassphrase(typed);
  const matches = await deps.verifyPassphrase(hash, passphrase);
  if (matches && member?.passphraseHash !== undefined && !member.disabled) {
    await limits.forgive(signInName, address);
    return { kind: 'right', member, passphrase };
  }
  // Only of somebody there is: an invented name tells nothing, and anybody could fill the record with them.
  if (member)
    await deps.audit.record({ kind: 'sign_in_refused', at: new Date(deps.now()), subject: member.id });
  return { kind: 'wrong' };
}

/** What to tell about a passphrase that opened nothing, and the status of that page. */
export function passphraseRefusal(
  words: Words,
  check: Exclude<PassphraseCheck, { kind: 'right' }>,
): { fault: string; status: number } {
  return check.kind === 'too_many'
    ? { fault: words.say('sign_in.too_many', { minutes: check.minutes }), status: 429 }
    : { fault: words.say('sign_in.wrong'), status: 422 };
}
