import type { AuditKind } from '../../staff/audit.js';
import type { StaffMember } from '../../staff/staff.js';
import { CASE_ROLES, ROLES } from '../../staff/staff.js';
import type { StaffHere } from '../here.js';
import { field, isUuid, pathPart } from '../here.js';
import { INVITATION_HOURS, inviteMember, renewInvitation } from '../invitations.js';
import type { InviteForm } from '../pages/people.js';
import { InvitePage, LinkPage, PeoplePage } from '../pages/people.js';
import { may } from '../permissions.js';
import { agenciesNamed } from '../search-agencies.js';
import { showMessage, showPage } from '../show.js';

const SIGN_IN_NAME = /^[a-z0-9][a-z0-9._-]{2,39}$/;
const NAME_MAX = 80;
type InviteFault = 'no_name' | 'bad_sign_in_name' | 'no_role' | 'no_agency' | 'name_taken';

export async function getPeople(here: StaffHere): Promise<void> {
  const { words, deps, signedIn } = here;
  const mayManage = may(signedIn.member, 'manage_people');
  const everybody = await deps.staff.list();
  const members = mayManage ? everybody : everybody.filter((member) => isColleague(here, member));
  const alarms = mayManage ? await deps.channelAlarms() : [];
  const notes = deps.secondStep === 'off' ? undefined : await deps.secondSteps.notes(new Date(deps.now()));
  const sealedAway = mayManage ? await deps.keyring.reportsWaiting() : 0;
  showPage(
    here,
    { title: words.say('people.title'), current: 'people' },
    <PeoplePage
      {...{ words, members, alarms, notes, mayManage, sealedAway }}
      directory={deps.directory}
      myId={signedIn.member.id}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}

export function getInvite(here: StaffHere): void {
  showInvite(here, { name: '', signInName: '', role: '', agencySearch: '', agencyId: '' });
}

/** Adds the member and shows the link. It is in this answer only, so there is no redirect to carry it. */
export async function postInvite(here: StaffHere): Promise<void> {
  const { deps, req } = here;
  const form = formOf(here);
  if (field(req, 'step') === 'search') {
    showInvite(here, form);
    return;
  }
  const fault = faultOf(here, form);
  if (fault || form.role === '') {
    showInvite(here, form, fault ?? 'no_role');
    return;
  }
  const { name, signInName, role } = form;
  const agency = CASE_ROLES.includes(role) ? { agencyId: form.agencyId } : {};
  const id = deps.newId();
  const outcome = await inviteMember(deps, { id, name, signInName, role, ...agency });
  if (outcome.kind === 'name_taken') {
    showInvite(here, form, 'name_taken');
    return;
  }
  await auditPeople(here, 'person_invited', id);
  deps.log.info(
    { event: 'member_invited', staffId: id, by: here.signedIn.member.id },
    'A member was invited.',
  );
  showLink(here, name, outcome.path);
}

/** A fresh link for a member whose link was lost or who forgot the passphrase; the second step stays. */
export const postNewLink = (here: StaffHere): Promise<void> => renewLink(here, false);
/** A fresh link for a member who lost telephone and recovery codes: both are set up anew. */
export const postResetLink = (here: StaffHere): Promise<void> => renewLink(here, true);

async function renewLink(here: StaffHere, resetsSecondStep: boolean): Promise<void> {
  const { deps } = here;
  const member = await memberOfPath(here);
  if (!member) return;
  const path = member.disabled ? undefined : await renewInvitation(deps, member.id, resetsSecondStep);
  if (path === undefined) {
    showMessage(here, 'not_found');
    return;
  }
  await auditPeople(here, resetsSecondStep ? 'person_second_step_reset' : 'person_link_renewed', member.id);
  deps.log.info(
    {
      event: resetsSecondStep ? 'second_step_reset_link' : 'link_renewed',
      staffId: member.id,
      by: here.signedIn.member.id,
    },
    'A link was renewed.',
  );
  showLink(here, member.name, path);
}

/** Ends every session of a member: a lead's colleague, an administrator's anybody. */
export async function postSignOutMember(here: StaffHere): Promise<void> {
  const { deps, res, signedIn } = here;
  const member = await memberOfPath(here);
  if (!member) return;
  if (!may(signedIn.member, 'manage_people') && !isColleague(here, member)) {
    showMessage(here, 'not_found');
    return;
  }
  await auditPeople(here, 'sessions_ended', member.id);
  await deps.staff.endSessions(member.id);
  deps.log.info(
    { event: 'member_signed_out', staffId: member.id, by: signedIn.member.id },
    'Sessions of a member were ended.',
  );
  res.redirect(303, '/console/people?notice=member_signed_out');
}

/** Of the same agency; nobody else of the people exists for a lead. */
function isColleague({ signedIn }: StaffHere, member: StaffMember): boolean {
  return member.agencyId !== undefined && member.agencyId === signedIn.member.agencyId;
}

export const postDisable = (here: StaffHere): Promise<void> => setDisabled(here, true);
export const postEnable = (here: StaffHere): Promise<void> => setDisabled(here, false);

/** Nobody changes themselves, so the last administrator cannot lock everyone out. */
async function setDisabled(here: StaffHere, disabled: boolean): Promise<void> {
  const { deps, res } = here;
  const member = await memberOfPath(here);
  if (!member) return;
  await deps.staff.setDisabled(member.id, disabled);
  await auditPeople(here, disabled ? 'person_disabled' : 'person_enabled', member.id);
  const event = disabled ? 'member_disabled' : 'member_enabled';
  deps.log.info({ event, staffId: member.id, by: here.signedIn.member.id }, 'A member was changed.');
  res.redirect(303, `/console/people?notice=${disabled ? 'disabled' : 'enabled'}`);
}

const auditPeople = ({ deps, signedIn }: StaffHere, kind: AuditKind, subject: string): Promise<void> =>
  deps.audit.record({ kind, at: new Date(deps.now()), staffId: signedIn.member.id, subject });

async function memberOfPath(here: StaffHere) {
  const { deps, req, signedIn } = here;
  const staffId = pathPart(req, 'id');
  const member = isUuid(staffId) ? await deps.staff.byId(staffId) : undefined;
  if (member && member.id !== signedIn.member.id) return member;
  showMessage(here, member ? 'not_allowed' : 'not_found');
  return undefined;
}

function formOf({ req }: StaffHere): InviteForm {
  return {
    name: field(req, 'name').trim().normalize('NFC'),
    signInName: field(req, 'sign_in_name').trim().toLowerCase(),
    role: ROLES.find((role) => role === field(req, 'role')) ?? '',
    agencySearch: field(req, 'agency_search').trim().slice(0, NAME_MAX),
    agencyId: field(req, 'agency'),
  };
}

function faultOf({ deps }: StaffHere, form: InviteForm): InviteFault | undefined {
  if (form.name === '' || form.name.length > NAME_MAX) return 'no_name';
  if (!SIGN_IN_NAME.test(form.signInName)) return 'bad_sign_in_name';
  if (form.role === '') return 'no_role';
  if (CASE_ROLES.includes(form.role) && !deps.directory.agency(form.agencyId)) return 'no_agency';
  return undefined;
}

function showInvite(here: StaffHere, form: InviteForm, fault?: InviteFault): void {
  const { words, deps, signedIn } = here;
  const found = agenciesNamed(deps.directory, form.agencySearch, form.agencyId);
  showPage(
    here,
    { title: words.say('invite.title'), current: 'people', status: fault ? 422 : 200 },
    <InvitePage
      {...{ words, form, found }}
      {...(fault && { fault: words.say(`invite.fault.${fault}`) })}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}

function showLink(here: StaffHere, name: string, path: string): void {
  const { words, req } = here;
  const link = `${req.protocol}://${req.host}${path}`;
  showPage(
    here,
    { title: words.say('link.page'), current: 'people' },
    <LinkPage {...{ words, name, link }} hours={INVITATION_HOURS} />,
  );
}
