import { isWebhookAddress } from '../../staff/on-call.js';
import type { StaffHere } from '../here.js';
import { field, isUuid } from '../here.js';
import { OnCallPage } from '../pages/on-call.js';
import { showMessage, showPage } from '../show.js';

/** Who is rung for which agency. */
export const getOnCall = (here: StaffHere): Promise<void> => showOnCall(here);

export async function postOnCallMember(here: StaffHere): Promise<void> {
  const { deps, req, signedIn } = here;
  const staffId = field(req, 'staff_id');
  if (!isUuid(staffId) || !(await deps.onCall.addMember(staffId))) {
    showMessage(here, 'not_found');
    return;
  }
  deps.log.info({ event: 'on_call_added', staffId, by: signedIn.member.id }, 'A member was put on call.');
  back(here, 'on_call_added');
}

export async function postOnCallWebhook(here: StaffHere): Promise<void> {
  const { deps, req, signedIn } = here;
  const [agencyId, url] = [field(req, 'agency'), field(req, 'url').trim()];
  if (!deps.directory.agency(agencyId)) {
    showMessage(here, 'not_found');
    return;
  }
  if (!isWebhookAddress(url)) {
    await showOnCall(here, { agencyId, url });
    return;
  }
  await deps.onCall.addWebhook(agencyId, url);
  deps.log.info({ event: 'on_call_added', agencyId, by: signedIn.member.id }, 'An address was put on call.');
  back(here, 'on_call_added');
}

export async function postOnCallRemove(here: StaffHere): Promise<void> {
  const { deps, req, signedIn } = here;
  const id = field(req, 'id');
  if (!isUuid(id)) {
    showMessage(here, 'not_found');
    return;
  }
  await deps.onCall.remove(id);
  deps.log.info({ event: 'on_call_removed', id, by: signedIn.member.id }, 'A contact is no longer on call.');
  back(here, 'on_call_removed');
}

async function showOnCall(here: StaffHere, refused?: { agencyId: string; url: string }): Promise<void> {
  const { words, deps, signedIn } = here;
  showPage(
    here,
    { title: words.say('on_call.title'), current: 'on-call', status: refused ? 422 : 200 },
    <OnCallPage
      words={words}
      directory={deps.directory}
      members={await deps.staff.list()}
      contacts={await deps.onCall.list()}
      csrfToken={signedIn.session.csrfToken}
      {...(refused && { refused })}
    />,
  );
}

const back = ({ res }: StaffHere, notice: string): void =>
  res.redirect(303, `/console/on-call?notice=${notice}`);
