import { totpAddress } from '../../staff/totp.js';
import { checkPassphrase, passphraseRefusal } from '../check-passphrase.js';
import { type Refusal, secondStepRefusal } from '../check-second-step.js';
import type { StaffHere } from '../here.js';
import { field, isUuid, pathPart } from '../here.js';
import { AccountPage } from '../pages/account.js';
import { SetUpPage } from '../pages/set-up.js';
import { showPage } from '../show.js';
import { confirmOffer, offerSecret, showFreshCodes } from './second-step.js';

const NEW_APP = '/console/account/app/confirm';

/** Own sessions and own second step. */
export async function getAccount(here: StaffHere): Promise<void> {
  await showAccount(here);
}

/** Ends one of one's own sessions; this one too, then the sign-in follows. */
export async function postEndSession(here: StaffHere): Promise<void> {
  const { deps, req, res, signedIn } = here;
  const sessionId = pathPart(req, 'id');
  await noteEnd(here, 'session_ended');
  if (isUuid(sessionId)) await deps.staff.endSessionOf(signedIn.member.id, sessionId);
  res.redirect(303, '/console/account?notice=device_ended');
}

export async function postEndOthers(here: StaffHere): Promise<void> {
  const { deps, res, signedIn } = here;
  await noteEnd(here, 'other_sessions_ended');
  await deps.staff.endSessions(signedIn.member.id, signedIn.session.id);
  res.redirect(303, '/console/account?notice=others_ended');
}

export async function postEndAll(here: StaffHere): Promise<void> {
  const { deps, req, res, sessions, signedIn } = here;
  await noteEnd(here, 'all_sessions_ended');
  await deps.staff.endSessions(signedIn.member.id);
  await sessions.end(req, res);
  res.redirect(303, '/console/sign-in?notice=all_ended');
}

/** Ten fresh recovery codes in place of what is left, for whoever knows the passphrase. */
export async function postRecoveryCodes(here: StaffHere): Promise<void> {
  if (await passphraseAgain(here, 'codes')) await showFreshCodes(here);
}

/** Another telephone: shows a fresh secret to whoever knows the passphrase. The old app works until the new one does. */
export async function postNewApp(here: StaffHere): Promise<void> {
  if (await passphraseAgain(here, 'app')) showNewApp(here, await offerSecret(here));
}

/** The first code of the new app. A wrong one does not show the secret again: the passphrase was not asked this time. */
export async function postConfirmApp(here: StaffHere): Promise<void> {
  const { deps, req, res, words, signedIn } = here;
  const secret = await deps.secondSteps.offered(signedIn.member.id);
  if (secret === undefined) {
    res.redirect(303, '/console/account');
    return;
  }
  const outcome = await confirmOffer(here, secret, field(req, 'code'));
  if (outcome.kind !== 'right') {
    showNewApp(here, undefined, secondStepRefusal(words, outcome));
    return;
  }
  await deps.staff.endSessions(signedIn.member.id, signedIn.session.id);
  res.redirect(303, '/console/account?notice=app_changed');
}

/** A session left open by its owner must not be enough to take the account over. */
async function passphraseAgain(here: StaffHere, form: 'codes' | 'app'): Promise<boolean> {
  const { req, words, deps, signedIn } = here;
  if (deps.secondStep === 'off') {
    await showAccount(here);
    return false;
  }
  const check = await checkPassphrase(here, signedIn.member.signInName, field(req, 'passphrase'));
  if (check.kind === 'right') return true;
  await showAccount(here, { form, ...passphraseRefusal(words, check) });
  return false;
}

async function noteEnd({ deps, signedIn }: StaffHere, event: string): Promise<void> {
  await deps.audit.record({
    kind: 'sessions_ended',
    at: new Date(deps.now()),
    staffId: signedIn.member.id,
    subject: signedIn.member.id,
  });
  deps.log.info({ event, staffId: signedIn.member.id }, 'Sessions were ended by their owner.');
}

async function showAccount(
  here: StaffHere,
  refusal?: { form: 'codes' | 'app'; fault: string; status: number },
): Promise<void> {
  const { words, deps, sessions, signedIn } = here;
  const secondStep = deps.secondStep === 'off' ? undefined : await deps.secondSteps.of(signedIn.member.id);
  showPage(
    here,
    { title: words.say('account.title'), current: 'account', status: refusal?.status ?? 200 },
    <AccountPage
      words={words}
      member={signedIn.member}
      sessions={await sessions.list(signedIn.member.id)}
      thisSession={signedIn.session.id}
      codesLeft={secondStep?.codesLeft}
      refusal={refusal}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}

function showNewApp(here: StaffHere, secret: string | undefined, refusal?: Refusal): void {
  const { words, signedIn } = here;
  const shown =
    secret === undefined
      ? {}
      : {
          secret,
          address: totpAddress(secret, words.say('shell.service'), signedIn.member.signInName),
        };
  showPage(
    here,
    { title: words.say('set_up.title'), current: 'account', status: refusal?.status ?? 200 },
    <SetUpPage
      words={words}
      action={NEW_APP}
      {...shown}
      fault={refusal?.fault}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}
