import type { CaseFile } from '../reports/case.js';
import { actsOpenTo } from '../reports/case-moves.js';
import type { StaffHere } from './here.js';
import { actorOf, field, isUuid, pathPart } from './here.js';
import type { Notice } from './notices.js';
import { CasePage } from './pages/case.js';
import type { CaseProps } from './pages/case-props.js';
import { may } from './permissions.js';
import { showMessage, showPage } from './show.js';

/** The case, or undefined after the "not found" page was sent. Cases of other agencies are not found. */
export async function openCase(here: StaffHere): Promise<CaseFile | undefined> {
  const caseId = pathPart(here.req, 'id');
  const file = isUuid(caseId) ? await here.deps.desk.open(actorOf(here), caseId) : undefined;
  if (!file) showMessage(here, 'not_found', field(here.req, 'text'));
  return file;
}

/** The page of a case; with what was typed and refused, as 422. */
export async function showCase(
  here: StaffHere,
  file: CaseFile,
  refused?: Pick<CaseProps, 'draft' | 'fault' | 'note'>,
): Promise<void> {
  const title = here.words.say('case.number', { number: file.number });
  const status = refused ? 422 : 200;
  showPage(
    here,
    { title, status, current: 'queue', live: true },
    <CasePage {...(await caseProps(here, file))} {...refused} />,
  );
}

export async function caseProps(here: StaffHere, file: CaseFile): Promise<CaseProps> {
  const { words, deps, signedIn } = here;
  const actor = actorOf(here);
  const heldBy = file.takenBy === undefined ? {} : { heldBy: file.takenBy.staffId };
  const acts = file.access === 'lead' ? actsOpenTo({ state: file.state, ...heldBy }, actor) : [];
  const around = await deps.relations.around(actor, file.id);
  const keeping = await deps.holds.of(actor, file.id);
  const clocks = await deps.clocks.ofCase(actor, file.id);
  const colleagues = acts.includes('hand_over') ? await deps.life.colleagues(actor) : [];
  return {
    ...{ words, file, acts, around, keeping },
    ...(clocks && { clocks }),
    mayHold: may(signedIn.member, 'hold_case'),
    directory: deps.directory,
    grounds: deps.grounds,
    staffId: signedIn.member.id,
    colleagues: colleagues.filter(({ staffId }) => staffId !== file.takenBy?.staffId),
    csrfToken: signedIn.session.csrfToken,
    messageId: deps.newId(),
    noteId: deps.newId(),
  };
}

export function backToCase({ res }: StaffHere, caseId: string, notice?: Notice): void {
  res.redirect(303, `/console/cases/${caseId}${notice === undefined ? '' : `?notice=${notice}`}`);
}
