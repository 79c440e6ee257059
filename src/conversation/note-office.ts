import { ACCUSED_OFFICE } from './accused-office.js';
import { say, type Work } from './work.js';

/**
 * "Ổng là công an xã, đừng để ổng biết": told anywhere in a talk, also where nobody asked, and on the short way on which it
 * is not asked. From then on a report of this talk does not go to that office; said once, so that they know.
 */
export function noteOffice(work: Work, plain: string): void {
  const { state, house } = work;
  const office = house.officeToldIn(plain);
  if (office === undefined || state.office === office) return;
  state.office = office;
  if (state.at !== undefined && house.byName.get(state.at.flow)?.sendNow !== undefined)
    state.at.answers.set(ACCUSED_OFFICE, office);
  say(work, 'report.office.noted', {}, { office });
}
