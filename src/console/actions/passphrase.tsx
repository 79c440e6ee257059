import { CannotOpen } from '../../reports/sealing.js';
import type { StaffHere } from '../here.js';
import { field } from '../here.js';
import { PassphrasePage } from '../pages/passphrase.js';
import { normalisePassphrase, PASSPHRASE_MIN, passphraseFault } from '../passphrase.js';
import { showPage } from '../show.js';

export function getPassphrase(here: StaffHere): void {
  showPassphrase(here);
}

/** Changes the passphrase: the member's own key stays and is sealed anew, so nothing that opens for them is lost. */
export async function postPassphrase(here: StaffHere): Promise<void> {
  const { deps, req, res, words, limits, signedIn } = here;
  const { member, session } = signedIn;
  const address = req.ip ?? '';
  const counted = await limits.count(member.signInName, address);
  if (!counted.allowed) {
    res.set('Retry-After', String(counted.minutes * 60));
    showPassphrase(here, words.say('passphrase.too_many', { minutes: counted.minutes }), 429);
    return;
  }
  const current = normalisePassphrase(field(req, 'current'));
  const passphrase = normalisePassphrase(field(req, 'passphrase'));
  const key = await deps.staff.keyOf(member.id);
  const right =
    member.passphraseHash !== undefined && (await deps.verifyPassphrase(member.passphraseHash, current));
  if (!key || !right) {
    showPassphrase(here, words.say('passphrase.wrong'), 422);
    return;
  }
  await limits.forgive(member.signInName, address);
  const fault = passphraseFault(passphrase, normalisePassphrase(field(req, 'repeated')), member.signInName);
  if (fault) {
    showPassphrase(here, words.say(`start.fault.${fault}`, { min: PASSPHRASE_MIN }), 422);
    return;
  }
  try {
    const identity = await deps.memberKeys.open(key.sealedIdentity, current);
    const sealedIdentity = await deps.memberKeys.seal(identity, passphrase);
    const passphraseHash = await deps.hashPassphrase(passphrase);
    await deps.staff.changePassphrase(member.id, { passphraseHash, sealedIdentity }, session.tokenHash);
  } catch (error) {
    // The passphrase was changed elsewhere in this very moment.
    if (!(error instanceof CannotOpen)) throw error;
    showPassphrase(here, words.say('passphrase.wrong'), 422);
    return;
  }
  deps.log.info({ event: 'passphrase_changed', staffId: member.id }, 'A member changed the passphrase.');
  res.redirect(303, '/console/passphrase?notice=passphrase_changed');
}

function showPassphrase(here: StaffHere, fault?: string, status = 200): void {
  const { words, signedIn } = here;
  showPage(
    here,
    { title: words.say('passphrase.title'), status },
    <PassphrasePage
      words={words}
      signInName={signedIn.member.signInName}
      csrfToken={signedIn.session.csrfToken}
      {...(fault === undefined ? {} : { fault })}
    />,
  );
}
