import type { StaffMember } from '../../staff/staff.js';
import type { Here, StaffHere } from '../here.js';
import { field } from '../here.js';
import { SignInPage } from '../pages/sign-in.js';
import { normalisePassphrase } from '../passphrase.js';
import { showPage } from '../show.js';

/** Pages one may go on to after signing in; anything else leads to the start page. */
const NEXT = /^\/console\/(queue|people|cases\/[0-9a-f-]{36})$/;

export function getSignIn(here: Here): void {
  showSignIn(here, { signInName: '', next: safeNext(here.req.query.next) });
}

/** Checks name and passphrase; an unknown name, a wrong passphrase and a disabled member look and take the same. */
export async function postSignIn(here: Here): Promise<void> {
  const { req, res, words, limits, sessions, deps } = here;
  const signInName = field(req, 'sign_in_name').trim().toLowerCase();
  const next = safeNext(field(req, 'next'));
  const address = req.ip ?? '';

  const counted = await limits.count(signInName, address);
  if (!counted.allowed) {
    deps.log.warn({ event: 'sign_in_limited' }, 'Too many sign-ins were tried.');
    res.set('Retry-After', String(counted.minutes * 60));
    const fault = words.say('sign_in.too_many', { minutes: counted.minutes });
    showSignIn(here, { signInName, next, fault, status: 429 });
    return;
  }
  const member = await memberFor(here, signInName, normalisePassphrase(field(req, 'passphrase')));
  if (!member) {
    showSignIn(here, { signInName, next, fault: words.say('sign_in.wrong'), status: 422 });
    return;
  }
  await limits.forgive(signInName, address);
  await deps.audit.record({ kind: 'signed_in', at: new Date(deps.now()), staffId: member.id });
  await sessions.start(req, res, member);
  res.redirect(303, next || '/console');
}

export async function postSignOut({ req, res, sessions, deps, signedIn }: StaffHere): Promise<void> {
  await deps.audit.record({ kind: 'signed_out', at: new Date(deps.now()), staffId: signedIn.member.id });
  await sessions.end(req, res);
  res.redirect(303, '/console/sign-in?notice=signed_out');
}

async function memberFor(
  here: Here,
  signInName: string,
  passphrase: string,
): Promise<StaffMember | undefined> {
  const { deps, decoyHash } = here;
  const member = await deps.staff.bySignInName(signInName);
  const hash = member?.passphraseHash ?? (await decoyHash);
  const matches = await deps.verifyPassphrase(hash, passphrase);
  if (matches && member?.passphraseHash !== undefined && !member.disabled) return member;
  // Only of somebody there is: an invented name tells nothing, and anybody could fill the record with them.
  if (member)
    await deps.audit.record({ kind: 'sign_in_refused', at: new Date(deps.now()), subject: member.id });
  return undefined;
}

function safeNext(value: unknown): string {
  return typeof value === 'string' && NEXT.test(value) ? value : '';
}

function showSignIn(
  here: Here,
  { status, ...form }: { signInName: string; next: string; fault?: string; status?: number },
): void {
  const { words } = here;
  const title = words.say('sign_in.title');
  showPage(
    here,
    status === undefined ? { title } : { title, status },
    <SignInPage words={words} {...form} />,
  );
}
