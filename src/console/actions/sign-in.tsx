import { arriveWithKeys, identityOf } from '../arrive.js';
import { checkPassphrase, passphraseRefusal } from '../check-passphrase.js';
import type { Here, StaffHere } from '../here.js';
import { field } from '../here.js';
import { safeNext } from '../next-page.js';
import { SignInPage } from '../pages/sign-in.js';
import { showPage } from '../show.js';

export function getSignIn(here: Here): void {
  showSignIn(here, { signInName: '', next: safeNext(here.req.query.next) });
}

/** Checks name and passphrase; what opens then is only the second step, unless this is the demo. */
export async function postSignIn(here: Here): Promise<void> {
  const { req, res, words, sessions, deps } = here;
  const signInName = field(req, 'sign_in_name').trim().toLowerCase();
  const next = safeNext(field(req, 'next'));
  const check = await checkPassphrase(here, signInName, field(req, 'passphrase'));
  if (check.kind !== 'right') {
    if (check.kind === 'too_many') res.set('Retry-After', String(check.minutes * 60));
    showSignIn(here, { signInName, next, ...passphraseRefusal(words, check) });
    return;
  }
  const identity = await identityOf(here, check.member, check.passphrase);
  if (deps.secondStep === 'off')
    await deps.audit.record({ kind: 'signed_in', at: new Date(deps.now()), staffId: check.member.id });
  await sessions.start(req, res, check.member, { identity });
  if (deps.secondStep === 'off') {
    await arriveWithKeys(here, check.member, identity);
    res.redirect(303, next || '/console');
  } else res.redirect(303, `/console/second-step${next && `?next=${encodeURIComponent(next)}`}`);
}

export async function postSignOut({ req, res, sessions, deps, signedIn }: StaffHere): Promise<void> {
  await deps.audit.record({ kind: 'signed_out', at: new Date(deps.now()), staffId: signedIn.member.id });
  await sessions.end(req, res);
  res.redirect(303, '/console/sign-in?notice=signed_out');
}

function showSignIn(
  here: Here,
  { status, ...form }: { signInName: string; next: string; fault?: string; status?: number },
): void {
  const { words, deps } = here;
  const title = words.say('sign_in.title');
  showPage(
    here,
    status === undefined ? { title } : { title, status },
    <SignInPage words={words} secondStepOff={deps.secondStep === 'off'} {...form} />,
  );
}
