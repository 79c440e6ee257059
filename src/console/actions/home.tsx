import { CASE_ROLES } from '../../staff/staff.js';
import type { StaffHere } from '../here.js';
import { HomePage } from '../pages/home.js';
import { may } from '../permissions.js';
import { showMessage, showPage } from '../show.js';

/** Whoever cannot open cases yet, or is awaited by reports that nobody can open, is told so first. */
async function opensCases({ deps, signedIn: { member, identity } }: StaffHere): Promise<boolean> {
  if (member.agencyId === undefined || identity === undefined || !may(member, 'keep_keys')) return true;
  const standing = await deps.keyring.standing({ staffId: member.id, agencyId: member.agencyId, identity });
  return standing.held && standing.reportsWaiting === 0;
}

/** Leads everyone to where their work is. */
export async function getHome(here: StaffHere): Promise<void> {
  const { member } = here.signedIn;
  if (may(member, 'see_cases')) {
    here.res.redirect(303, (await opensCases(here)) ? '/console/queue' : '/console/keys');
  } else if (may(member, 'manage_people')) {
    // A report that nobody may take must not wait for somebody to come across it.
    const waits = may(member, 'decide_report') && (await here.deps.undecided.list()).length > 0;
    here.res.redirect(303, waits ? '/console/undecided' : '/console/people');
  } else if (may(member, 'see_content')) {
    here.res.redirect(303, '/console/content');
  } else if (CASE_ROLES.includes(member.role)) {
    showMessage(here, 'no_agency');
  } else {
    const title = here.words.say('shell.desk');
    showPage(here, { title }, <HomePage words={here.words} name={member.name} role={member.role} />);
  }
}
