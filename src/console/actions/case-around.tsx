import type { SameOutcome } from '../../reports/case-relations.js';
import type { StaffHere } from '../here.js';
import { actorOf, field, isUuid, pathPart } from '../here.js';
import type { Notice } from '../notices.js';
import { SamePage } from '../pages/same.js';
import { showMessage, showPage } from '../show.js';
import { backToCase } from '../show-case.js';

/** Likely pairs of different agencies. */
export async function getSame(here: StaffHere): Promise<void> {
  const { words, deps, signedIn } = here;
  const actor = actorOf(here);
  const pairs = await deps.relations.pairs(actor);
  showPage(
    here,
    { title: words.say('same.title'), current: 'same' },
    <SamePage
      {...{ words, pairs }}
      directory={deps.directory}
      ownAgencyId={actor.agencyId}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}

/** Somebody says whether two cases are the same matter. */
export async function postSame(here: StaffHere): Promise<void> {
  const { req, res, deps } = here;
  const [caseId, otherId, same] = [pathPart(req, 'id'), field(req, 'other'), field(req, 'same')];
  const isSaid = isUuid(caseId) && isUuid(otherId) && (same === 'yes' || same === 'no');
  const outcome: SameOutcome = isSaid
    ? await deps.relations.decide(actorOf(here), [caseId, otherId], same === 'yes')
    : 'not_found';
  if (outcome === 'not_found') {
    showMessage(here, 'not_found');
    return;
  }
  const notice: Notice = outcome === 'done' ? (same === 'yes' ? 'linked' : 'not_same') : outcome;
  if (field(req, 'back') === 'list') res.redirect(303, `/console/same?notice=${notice}`);
  else backToCase(here, caseId, notice);
}
