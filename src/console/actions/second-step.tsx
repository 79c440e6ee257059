import { newRecoveryCodes } from '../../staff/recovery-codes.js';
import { checkTotp, newTotpSecret, totpAddress } from '../../staff/totp.js';
import { arriveWithKeys } from '../arrive.js';
import { checkSecondStep, type Refusal, secondStepRefusal, sixDigits } from '../check-second-step.js';
import type { StaffHere } from '../here.js';
import { field } from '../here.js';
import { safeNext } from '../next-page.js';
import { RecoveryCodesPage } from '../pages/recovery-codes.js';
import { SecondStepPage } from '../pages/second-step.js';
import { SetUpPage } from '../pages/set-up.js';
import { showPage } from '../show.js';

const SET_UP = '/console/second-step/set-up';

/** After the passphrase: asks for the code; a member who has none yet is led to setting it up. */
export async function getSecondStep(here: StaffHere): Promise<void> {
  const { secret } = await here.deps.secondSteps.of(here.signedIn.member.id);
  if (secret === undefined) here.res.redirect(303, SET_UP);
  else showSecondStep(here, safeNext(here.req.query.next));
}

export async function postSecondStep(here: StaffHere): Promise<void> {
  const { req, res, words, signedIn } = here;
  const next = safeNext(field(req, 'next'));
  const check = await checkSecondStep(here, signedIn.member, field(req, 'code'));
  if (check.kind !== 'right') {
    showSecondStep(here, next, secondStepRefusal(words, check));
    return;
  }
  await passSecondStep(here);
  // Whoever needed paper sees how much of it is left, and how to set up another telephone.
  res.redirect(303, check.with === 'code' ? '/console/account?notice=code_used' : next || '/console');
}

/** Shows the secret to scan or type: the same one until its first code was right. */
export async function getSetUp(here: StaffHere): Promise<void> {
  const { deps, res, signedIn } = here;
  const { secret } = await deps.secondSteps.of(signedIn.member.id);
  if (secret !== undefined) res.redirect(303, '/console/second-step');
  else showSetUp(here, (await deps.secondSteps.offered(signedIn.member.id)) ?? (await offerSecret(here)));
}

/** The first code proves that the app works; then the recovery codes are shown, this once. */
export async function postSetUp(here: StaffHere): Promise<void> {
  const { deps, req, res, words, signedIn } = here;
  const staffId = signedIn.member.id;
  const secret = await deps.secondSteps.offered(staffId);
  if (secret === undefined) {
    res.redirect(303, '/console/second-step');
    return;
  }
  const outcome = await confirmOffer(here, secret, field(req, 'code'));
  if (outcome.kind !== 'right') {
    showSetUp(here, secret, secondStepRefusal(words, outcome));
    return;
  }
  await passSecondStep(here);
  await showFreshCodes({ ...here, signedIn: { ...signedIn, secondStepDue: false } });
}

/** Now the member is signed in whole. */
async function passSecondStep(here: StaffHere): Promise<void> {
  const {
    deps,
    signedIn: { member, session, identity },
  } = here;
  await deps.audit.record({ kind: 'signed_in', at: new Date(deps.now()), staffId: member.id });
  await deps.staff.passSecondStep(session.tokenHash);
  await arriveWithKeys(here, member, identity);
}

/** Makes a secret that counts once its first code was typed. */
export async function offerSecret({ deps, signedIn }: StaffHere): Promise<string> {
  const secret = newTotpSecret();
  await deps.secondSteps.offer(signedIn.member.id, secret);
  return secret;
}

/** Whether this is the first code of the offered secret; then the secret counts. */
export async function confirmOffer({ deps, signedIn }: StaffHere, secret: string, typed: string) {
  const code = sixDigits(typed);
  if (code === undefined) return { kind: 'wrong' } as const;
  const check = checkTotp({ secret, code, now: deps.now() });
  if (check.kind !== 'right') return check;
  if (!(await deps.secondSteps.confirmOffer(signedIn.member.id, check.step)))
    return { kind: 'used' } as const;
  await deps.audit.record({
    kind: 'second_step_set',
    at: new Date(deps.now()),
    staffId: signedIn.member.id,
  });
  deps.log.info(
    { event: 'second_step_set', staffId: signedIn.member.id },
    'A member set up the second step.',
  );
  return { kind: 'right' } as const;
}

/** Makes ten recovery codes and shows them. They are in this answer only, so there is no redirect to carry them. */
export async function showFreshCodes(here: StaffHere): Promise<void> {
  const { deps, words, signedIn } = here;
  await deps.audit.record({
    kind: 'recovery_codes_made',
    at: new Date(deps.now()),
    staffId: signedIn.member.id,
  });
  const codes = newRecoveryCodes(deps.randomBytes);
  await deps.secondSteps.replaceCodes(signedIn.member.id, codes);
  deps.log.info({ event: 'recovery_codes_made', staffId: signedIn.member.id }, 'Recovery codes were made.');
  showPage(
    here,
    { title: words.say('recovery_codes.title') },
    <RecoveryCodesPage words={words} codes={codes} signInName={signedIn.member.signInName} />,
  );
}

function showSecondStep(here: StaffHere, next: string, refusal?: Refusal): void {
  const { words, signedIn } = here;
  showPage(
    here,
    { title: words.say('second_step.title'), status: refusal?.status ?? 200 },
    <SecondStepPage words={words} next={next} refusal={refusal} csrfToken={signedIn.session.csrfToken} />,
  );
}

function showSetUp(here: StaffHere, secret: string, refusal?: Refusal): void {
  const { words, signedIn } = here;
  const { signInName } = signedIn.member;
  showPage(
    here,
    { title: words.say('set_up.title'), status: refusal?.status ?? 200 },
    <SetUpPage
      words={words}
      action={SET_UP}
      secret={secret}
      address={totpAddress(secret, words.say('shell.service'), signInName)}
      fault={refusal?.fault}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}
