import { HOLD_REASONS } from '../../reports/retention.js';
import type { StaffHere } from '../here.js';
import { actorOf, field, isUuid, pathPart } from '../here.js';
import { HoldPage } from '../pages/hold.js';
import { showMessage, showPage } from '../show.js';
import { backToCase, openCase } from '../show-case.js';

export const getHold = (here: StaffHere): Promise<void> => showHold(here);

/** Sets a hold with a reason from the list, or lifts it. */
export async function postHold(here: StaffHere): Promise<void> {
  const { req, deps, words } = here;
  const caseId = pathPart(req, 'id');
  const reason = HOLD_REASONS.find((known) => known === field(req, 'reason'));
  const isLift = field(req, 'act') === 'lift';
  if (!isLift && !reason) {
    await showHold(here, words.say('hold.fault'));
    return;
  }
  const actor = actorOf(here);
  const done =
    isUuid(caseId) &&
    (reason && !isLift ? await deps.holds.set(actor, caseId, reason) : await deps.holds.lift(actor, caseId));
  if (done) backToCase(here, caseId, isLift ? 'hold_lifted' : 'held');
  else showMessage(here, 'not_found');
}

async function showHold(here: StaffHere, fault?: string): Promise<void> {
  const { words, deps, signedIn } = here;
  const file = await openCase(here);
  const keeping = file && (await deps.holds.of(actorOf(here), file.id));
  if (!file || !keeping) {
    if (file) showMessage(here, 'not_found');
    return;
  }
  showPage(
    here,
    { title: words.say('hold.page'), current: 'queue', ...(fault === undefined ? {} : { status: 422 }) },
    <HoldPage
      {...{ words, keeping }}
      caseId={file.id}
      number={file.number}
      csrfToken={signedIn.session.csrfToken}
      {...(fault === undefined ? {} : { fault })}
    />,
  );
}
