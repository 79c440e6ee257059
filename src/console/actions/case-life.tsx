import type { MoveOutcome } from '../../reports/case-life.js';
import { GIVE_BACK_REASONS, HAND_BACK_REASONS, REOPEN_REASONS } from '../../reports/case-moves.js';
import type { StaffHere } from '../here.js';
import { actorOf, field, isUuid, pathPart } from '../here.js';
import type { Notice } from '../notices.js';
import { replyFault } from '../reply.js';
import { showMessage } from '../show.js';
import { backToCase, openCase, showCase } from '../show-case.js';

/** The child is being assessed, or helped. */
export async function postMove(here: StaffHere): Promise<void> {
  const to = (['assess', 'support'] as const).find((one) => one === field(here.req, 'to'));
  await move(here, 'moved', to && ((caseId) => here.deps.life.move(actorOf(here), caseId, to)));
}

export async function postHandOver(here: StaffHere): Promise<void> {
  const colleague = field(here.req, 'colleague');
  await move(
    here,
    'handed_over',
    isUuid(colleague)
      ? (caseId) => here.deps.life.handOver(actorOf(here), caseId, colleague)
      : async () => ({ kind: 'no_such_colleague' }),
  );
}

export async function postGiveBack(here: StaffHere): Promise<void> {
  const reason = GIVE_BACK_REASONS.find((one) => one === field(here.req, 'reason'));
  await move(here, 'given_back', reason && ((id) => here.deps.life.giveBack(actorOf(here), id, reason)));
}

/** Afterwards the case is no longer this agency's, so the way leads to the queue. */
export async function postHandBack(here: StaffHere): Promise<void> {
  const reason = HAND_BACK_REASONS.find((one) => one === field(here.req, 'reason'));
  await move(here, 'handed_back', reason && ((id) => here.deps.life.handBack(actorOf(here), id, reason)));
}

export async function postReopen(here: StaffHere): Promise<void> {
  const reason = REOPEN_REASONS.find((one) => one === field(here.req, 'reason'));
  await move(here, 'reopened', reason && ((id) => here.deps.life.reopen(actorOf(here), id, reason)));
}

/** Keeps a note. When it cannot be kept, the page comes back with the text still in it. */
export async function postNote(here: StaffHere): Promise<void> {
  const { deps, req, words } = here;
  const caseId = pathPart(req, 'id');
  const noteId = field(req, 'note_id');
  const text = field(req, 'text').replaceAll('\r\n', '\n');
  const fault = replyFault(text) ?? (isUuid(noteId) ? undefined : 'again');
  if (fault !== undefined) {
    const file = await openCase(here);
    if (file) await showCase(here, file, { note: { text, fault: words.say(`note.fault.${fault}`) } });
    return;
  }
  const outcome = isUuid(caseId)
    ? await deps.life.note(actorOf(here), caseId, text.trim(), noteId)
    : { kind: 'not_found' };
  if (outcome.kind === 'done') backToCase(here, caseId, 'noted');
  else showMessage(here, 'not_found', text);
}

/** Does one act and says what became of it. @param act undefined when the form did not say enough */
async function move(
  here: StaffHere,
  done: Notice,
  act: ((caseId: string) => Promise<MoveOutcome>) | undefined,
): Promise<void> {
  const caseId = pathPart(here.req, 'id');
  if (!isUuid(caseId)) {
    showMessage(here, 'not_found');
    return;
  }
  if (!act) {
    backToCase(here, caseId, 'choose_reason');
    return;
  }
  const { kind } = await act(caseId);
  if (kind === 'not_found') showMessage(here, 'not_found');
  else if (kind === 'done' && done === 'handed_back')
    here.res.redirect(303, '/console/queue?notice=handed_back');
  else backToCase(here, caseId, kind === 'done' ? done : kind === 'closed' ? 'already_closed' : kind);
}
