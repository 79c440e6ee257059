import type { StaffMember } from '../../staff/staff.js';
import { arriveWithKeys } from '../arrive.js';
import type { Here } from '../here.js';
import { field, pathPart } from '../here.js';
import { StartPage } from '../pages/start.js';
import { normalisePassphrase, PASSPHRASE_MIN, passphraseFault } from '../passphrase.js';
import { showMessage, showPage } from '../show.js';
import { hashToken } from '../tokens.js';

/** A one-time link was opened. Opening does not use it up: chat programs open links to preview them. */
export async function getStart(here: Here): Promise<void> {
  const { tokenHash } = quietly(here);
  const member = await here.deps.staff.invited(tokenHash, new Date(here.words.now));
  if (member) showStart(here, member);
  else showMessage(here, 'link_dead');
}

/** Sets the passphrase, uses the link up and signs in. */
export async function postStart(here: Here): Promise<void> {
  const { req, res, words, deps, sessions } = here;
  const { tokenHash } = quietly(here);
  const now = new Date(words.now);
  const member = await deps.staff.invited(tokenHash, now);
  if (!member) {
    showMessage(here, 'link_dead');
    return;
  }
  const passphrase = normalisePassphrase(field(req, 'passphrase'));
  const fault = passphraseFault(passphrase, normalisePassphrase(field(req, 'repeated')), member.signInName);
  if (fault) {
    showStart(here, member, words.say(`start.fault.${fault}`, { min: PASSPHRASE_MIN }));
    return;
  }
  const { key, identity } = await deps.memberKeys.make(passphrase);
  const chosen = { passphraseHash: await deps.hashPassphrase(passphrase), key };
  const accepted = await deps.staff.acceptInvitation(tokenHash, chosen, now);
  if (!accepted) {
    showMessage(here, 'link_dead');
    return;
  }
  deps.log.info({ event: 'invitation_accepted', staffId: accepted.id }, 'A member chose a passphrase.');
  await sessions.start(req, res, accepted, { identity });
  await arriveWithKeys(here, accepted, identity);
  res.redirect(303, '/console');
}

/** The link must not travel on in a Referer header. */
function quietly({ req, res }: Here): { tokenHash: Buffer } {
  res.set('Referrer-Policy', 'no-referrer');
  return { tokenHash: hashToken(pathPart(req, 'token')) };
}

function showStart(here: Here, member: StaffMember, fault?: string): void {
  const { words, deps } = here;
  const agency = member.agencyId === undefined ? undefined : deps.directory.agency(member.agencyId);
  const optional = { ...(agency && { agencyName: agency.name }), ...(fault !== undefined && { fault }) };
  showPage(
    here,
    { title: words.say('start.page'), status: fault === undefined ? 200 : 422 },
    <StartPage words={words} member={member} {...optional} />,
  );
}
