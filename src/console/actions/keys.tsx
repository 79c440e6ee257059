import type { StaffHere } from '../here.js';
import { field, isUuid, keysOf, pathPart } from '../here.js';
import { KeysNow, KeysPage } from '../pages/keys.js';
import { showFragment, showMessage, showPage } from '../show.js';

export const getKeys = (here: StaffHere): Promise<void> => showKeys(here);

/** Only how it stands, for the page that renews itself while something is being moved. */
export async function getKeysLive(here: StaffHere): Promise<void> {
  const standing = await here.deps.keyring.standing(keysOf(here));
  showFragment(here, <KeysNow words={here.words} directory={here.deps.directory} standing={standing} />);
}

/** Gives a member the agency's key: a deliberate act of somebody who holds it. */
export async function postLetIn(here: StaffHere): Promise<void> {
  const { deps, req, signedIn } = here;
  const staffId = pathPart(req, 'id');
  const outcome = isUuid(staffId) ? await deps.keyring.letIn(keysOf(here), staffId) : 'not_found';
  if (outcome === 'not_found') {
    showMessage(here, 'not_found');
    return;
  }
  if (outcome === 'let_in')
    deps.log.info({ event: 'member_let_in', staffId, by: signedIn.member.id }, 'A member was let in.');
  backToKeys(here, outcome === 'let_in' ? 'let_in' : 'not_let_in');
}

export async function postChangeKey(here: StaffHere): Promise<void> {
  const { deps, signedIn } = here;
  const outcome = await deps.keyring.changeAgencyKey(keysOf(here));
  if (outcome === 'begun')
    deps.log.info({ event: 'agency_key_changed', by: signedIn.member.id }, 'An agency’s key was changed.');
  backToKeys(here, outcome === 'begun' ? 'key_changed' : outcome === 'busy' ? 'key_busy' : 'not_let_in');
}

/** The printed key was typed in. It is used by this process until the work is done, and kept nowhere. */
export async function postRecovery(here: StaffHere): Promise<void> {
  const { deps, req, res, words, limits, signedIn } = here;
  const { member } = signedIn;
  const counted = await limits.count(`recovery ${member.signInName}`, req.ip ?? '');
  if (!counted.allowed) {
    res.set('Retry-After', String(counted.minutes * 60));
    await showKeys(here, words.say('passphrase.too_many', { minutes: counted.minutes }), 429);
    return;
  }
  const outcome = await deps.keyring.useRecoveryKey(keysOf(here), field(req, 'recovery_key'));
  if (outcome === 'wrong') {
    await showKeys(here, words.say('keys.recovery.wrong'), 422);
    return;
  }
  deps.log.warn({ event: 'recovery_key_used', by: member.id }, 'The recovery key was used.');
  backToKeys(here, 'recovered');
}

async function showKeys(here: StaffHere, fault?: string, status = 200): Promise<void> {
  const { deps, words, signedIn } = here;
  const standing = await deps.keyring.standing(keysOf(here));
  showPage(
    here,
    { title: words.say('keys.title'), current: 'keys', status },
    <KeysPage
      words={words}
      directory={deps.directory}
      standing={standing}
      csrfToken={signedIn.session.csrfToken}
      {...(fault === undefined ? {} : { fault })}
    />,
  );
}

function backToKeys({ res }: StaffHere, notice: string): void {
  res.redirect(303, `/console/keys?notice=${notice}`);
}
