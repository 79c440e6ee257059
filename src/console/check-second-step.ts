import { readRecoveryCode } from '../staff/recovery-codes.js';
import type { StaffMember } from '../staff/staff.js';
import { checkTotp, type TotpCheck } from '../staff/totp.js';
import type { Here } from './here.js';
import type { Words } from './words.js';

/** What a typed code led to. `with`: the app's code or a recovery code. `minutes`: how long to wait. */
type SecondStepCheck =
  | { readonly kind: 'right'; readonly with: 'app' | 'code' }
  | { readonly kind: 'too_many'; readonly minutes: number }
  /** Typed like a recovery code, and none of those that are left. */
  | { readonly kind: 'no_such_code' }
  | Exclude<TotpCheck, { kind: 'right' }>;

/**
 * Counts the try for the address and for the member (the latter in the store, so for all processes together), then
 * compares with the app's code or, when it has another shape, with the recovery codes. What was right is used up.
 */
export async function checkSecondStep(
  here: Here,
  member: StaffMember,
  typed: string,
): Promise<SecondStepCheck> {
  const { deps, req, limits } = here;
  const [name, address] = [`second step ${member.id}`, req.ip ?? ''];
  const counted = await limits.count(name, address);
  const now = deps.now();
  const allowed = counted.allowed ? await deps.secondSteps.countTry(member.id, new Date(now)) : undefined;
  if (!counted.allowed || !allowed?.allowed) {
    deps.log.warn({ event: 'second_step_limited', staffId: member.id }, 'Too many codes were tried.');
    const own = allowed?.allowed === false ? Math.ceil((allowed.until.getTime() - now) / 60_000) : 1;
    return { kind: 'too_many', minutes: counted.allowed ? Math.max(1, own) : counted.minutes };
  }
  const check = await compare(here, member, typed);
  if (check.kind === 'right') await limits.forgive(name, address);
  // Worth a look: whoever comes this far holds the passphrase.
  else {
    await deps.audit.record({ kind: 'second_step_refused', at: new Date(now), subject: member.id });
    deps.log.warn({ event: 'second_step_refused', staffId: member.id }, 'A code was not accepted.');
  }
  return check;
}

async function compare(
  { deps }: Here,
  { id: staffId }: StaffMember,
  typed: string,
): Promise<SecondStepCheck> {
  const code = sixDigits(typed);
  if (code !== undefined) {
    const { secret, lastStep } = await deps.secondSteps.of(staffId);
    if (secret === undefined) return { kind: 'wrong' };
    const check = checkTotp({ secret, code, lastStep, now: deps.now() });
    if (check.kind !== 'right') return check;
    return (await deps.secondSteps.useStep(staffId, check.step))
      ? { kind: 'right', with: 'app' }
      : { kind: 'used' };
  }
  const recovery = readRecoveryCode(typed);
  if (recovery === undefined || !(await deps.secondSteps.useCode(staffId, recovery)))
    return { kind: /[a-z]/i.test(typed) ? 'no_such_code' : 'wrong' };
  await deps.audit.record({ kind: 'recovery_code_used', at: new Date(deps.now()), staffId });
  deps.log.info({ event: 'recovery_code_used', staffId }, 'A recovery code was used.');
  return { kind: 'right', with: 'code' };
}

/** The six digits of an authenticator app, typed with or without a space; undefined when it is something else. */
export function sixDigits(typed: string): string | undefined {
  const digits = typed.replace(/\s/g, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

/** `onPaper`: it was about a recovery code. */
export interface Refusal {
  readonly fault: string;
  readonly status: number;
  readonly onPaper?: boolean;
}

/** What to tell about a code that was not accepted, and the status of that page. */
export function secondStepRefusal(words: Words, check: Exclude<SecondStepCheck, { kind: 'right' }>): Refusal {
  const minutes = 'minutes' in check ? check.minutes : 0;
  const fault = words.say(`second_step.fault.${check.kind}`, { minutes, clock: words.clock() });
  return { fault, status: check.kind === 'too_many' ? 429 : 422, onPaper: check.kind === 'no_such_code' };
}
