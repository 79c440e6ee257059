import type { StepOutcome } from '../../reports/case-clocks.js';
import { CASE_STEPS, type CaseStep } from '../../reports/case-moments.js';
import type { StaffHere } from '../here.js';
import { actorOf, field, isUuid, pathPart } from '../here.js';
import { showMessage } from '../show.js';

/** Notes a step of the official procedure. */
export const postStep = (here: StaffHere): Promise<void> =>
  change(here, 'step_noted', (caseId, step) => here.deps.clocks.noteStep(actorOf(here), caseId, step));

/** Takes back one that was noted by mistake. */
export const postStepBack = (here: StaffHere): Promise<void> =>
  change(here, 'step_withdrawn', (caseId, step) =>
    here.deps.clocks.withdrawStep(actorOf(here), caseId, step),
  );

async function change(
  here: StaffHere,
  done: 'step_noted' | 'step_withdrawn',
  act: (caseId: string, step: CaseStep) => Promise<StepOutcome>,
): Promise<void> {
  const caseId = pathPart(here.req, 'id');
  const step = CASE_STEPS.find((each) => each === field(here.req, 'step'));
  const outcome = isUuid(caseId) && step ? await act(caseId, step) : 'not_found';
  if (outcome === 'not_found') {
    showMessage(here, 'not_found');
    return;
  }
  const notice = { done, not_yours: 'not_yours', closed: 'already_closed' }[outcome];
  here.res.redirect(303, `/console/cases/${caseId}?notice=${notice}#clocks`);
}
