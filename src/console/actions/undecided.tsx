import type { StaffHere } from '../here.js';
import { field, isUuid, pathPart } from '../here.js';
import type { Notice } from '../notices.js';
import { UndecidedPage } from '../pages/undecided.js';
import { showMessage, showPage } from '../show.js';

const NOTICE_OF = { done: 'decided', gone: 'already_decided', not_possible: 'cannot_decide' } as const;

export async function getUndecided(here: StaffHere): Promise<void> {
  const { words, deps, signedIn } = here;
  const reports = await deps.undecided.list();
  showPage(
    here,
    { title: words.say('undecided.title'), current: 'undecided' },
    <UndecidedPage
      {...{ words, reports }}
      directory={deps.directory}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}

/** Gives a report to an agency; the log keeps who did. */
export async function postUndecided(here: StaffHere): Promise<void> {
  const { deps, req, res, signedIn } = here;
  const [reportId, agencyId] = [pathPart(req, 'id'), field(req, 'agency')];
  if (!isUuid(reportId)) {
    showMessage(here, 'not_found');
    return;
  }
  const outcome = await deps.undecided.decide(signedIn.member.id, reportId, agencyId);
  if (outcome === 'done')
    deps.log.info(
      { event: 'report_decided', reportId, agencyId, by: signedIn.member.id },
      'An administrator gave a report to an agency.',
    );
  const notice: Notice = NOTICE_OF[outcome];
  res.redirect(303, `/console/undecided?notice=${notice}`);
}
