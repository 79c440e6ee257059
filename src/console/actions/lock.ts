import { identityOf } from '../arrive.js';
import { checkPassphrase, passphraseRefusal } from '../check-passphrase.js';
import { checkSecondStep, secondStepRefusal } from '../check-second-step.js';
import type { Here, StaffHere } from '../here.js';
import { field } from '../here.js';

/**
 * How an open page learns whose session this browser has now, the token its forms need, and when it locks; the guard
 * answers 401 when there is none. As a background request it does not keep the session awake, as "still here" it does:
 * then somebody is at the keyboard, and the session was touched on the way here.
 */
export function tellSession({ res, sessions, signedIn: { member, session } }: StaffHere): void {
  res.json({ member: member.id, formToken: session.csrfToken, ...sessions.lockTime(session) });
}

/**
 * Passphrase and code from a page that covered itself: begins a new session, and the page goes on with what was half
 * written. 204, or a refusal with the sentence to show.
 */
export async function postUnlock(here: Here): Promise<void> {
  const { req, res, deps, words, sessions } = here;
  const signInName = field(req, 'sign_in_name').trim().toLowerCase();
  const passphrase = await checkPassphrase(here, signInName, field(req, 'passphrase'));
  if (passphrase.kind !== 'right') {
    const { fault, status } = passphraseRefusal(words, passphrase);
    res.status(status).json({ fault });
    return;
  }
  if (deps.secondStep === 'required') {
    const check = await checkSecondStep(here, passphrase.member, field(req, 'code'));
    if (check.kind !== 'right') {
      const { fault, status } = secondStepRefusal(words, check);
      res.status(status).json({ fault });
      return;
    }
  }
  const staffId = passphrase.member.id;
  await deps.audit.record({ kind: 'signed_in', at: new Date(deps.now()), staffId });
  const identity = await identityOf(here, passphrase.member, passphrase.passphrase);
  await sessions.start(req, res, passphrase.member, {
    identity,
    secondStep: deps.secondStep === 'required' ? 'passed' : 'due',
  });
  res.status(204).end();
}
