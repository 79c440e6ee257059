import type { CaseOutcome, WriteOutcome } from '../../reports/case.js';
import { CASE_OUTCOMES } from '../../reports/case.js';
import type { StaffHere } from '../here.js';
import { actorOf, field, isUuid, pathPart } from '../here.js';
import { CaseNews } from '../pages/case.js';
import { CloseConfirm } from '../pages/case-talk.js';
import { replyFault } from '../reply.js';
import { showFragment, showMessage, showPage } from '../show.js';
import { backToCase, caseProps, openCase, showCase } from '../show-case.js';
import { pageMark } from '../turn.js';

export async function getCase(here: StaffHere): Promise<void> {
  const file = await openCase(here);
  if (file) await showCase(here, file);
}

/**
 * An open page asks whether it is old. A glance answers that, so that a page lying open does not look into the case
 * again and again; only when something changed is the case opened.
 */
export async function getCaseLive(here: StaffHere): Promise<void> {
  const { deps, req, res } = here;
  const caseId = pathPart(req, 'id');
  const row = isUuid(caseId) ? await deps.life.glance(actorOf(here), caseId) : undefined;
  // It went to another agency: the page must not go on showing it.
  if (!row) res.set('HX-Refresh', 'true');
  if (row && row.unread === 0 && pageMark(row, row.lastNews) === req.query.mark) {
    res.status(204).end();
    return;
  }
  const file = await openCase(here);
  if (file) showFragment(here, <CaseNews {...(await caseProps(here, file))} />);
}

export async function postTake(here: StaffHere): Promise<void> {
  const caseId = pathPart(here.req, 'id');
  const outcome = isUuid(caseId)
    ? await here.deps.desk.take(actorOf(here), caseId)
    : { kind: 'not_found' as const };
  if (outcome.kind === 'not_found') showMessage(here, 'not_found');
  else backToCase(here, caseId, outcome.kind === 'closed' ? 'already_closed' : outcome.kind);
}

/** Sends an answer. When it cannot go out, the page comes back with the text still in it. */
export async function postReply(here: StaffHere): Promise<void> {
  const { deps, req, words } = here;
  const caseId = pathPart(req, 'id');
  // Browsers send line ends as CRLF; they are counted and kept as one character.
  const text = field(req, 'text').replaceAll('\r\n', '\n');
  const messageId = field(req, 'message_id');
  const fault = replyFault(text);
  if (fault || !isUuid(messageId)) {
    const file = await openCase(here);
    if (file)
      await showCase(here, file, { draft: text, fault: words.say(`reply.fault.${fault ?? 'again'}`) });
    return;
  }
  const outcome: WriteOutcome = isUuid(caseId)
    ? await deps.desk.reply(actorOf(here), caseId, text.trim(), messageId)
    : { kind: 'not_found' };
  if (outcome.kind === 'not_found') showMessage(here, 'not_found', text);
  else if (outcome.kind === 'done') backToCase(here, caseId, 'replied');
  else await showRefusedReply(here, text, outcome.kind === 'closed' ? 'closed' : 'not_yours');
}

/** Asks once more; says so when the reporter still waits for an answer. */
export async function getClose(here: StaffHere): Promise<void> {
  const { words, req, signedIn } = here;
  const outcome = outcomeOf(req.query.outcome);
  const file = await openCase(here);
  if (!file) return;
  if (!outcome || file.state === 'closed' || file.takenBy?.staffId !== signedIn.member.id) {
    backToCase(here, file.id, file.state === 'closed' ? 'already_closed' : outcome ? 'not_yours' : undefined);
    return;
  }
  const { id: caseId, number, messages } = file;
  const unanswered = messages.at(-1)?.from !== 'staff';
  showPage(
    here,
    { title: words.say('close.title'), current: 'queue' },
    <CloseConfirm
      {...{ words, caseId, number, outcome, unanswered }}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}

export async function postClose(here: StaffHere): Promise<void> {
  const caseId = pathPart(here.req, 'id');
  const outcome = outcomeOf(field(here.req, 'outcome'));
  if (!isUuid(caseId)) {
    showMessage(here, 'not_found');
    return;
  }
  if (!outcome) {
    backToCase(here, caseId);
    return;
  }
  const done = await here.deps.desk.close(actorOf(here), caseId, outcome);
  if (done.kind === 'not_found') showMessage(here, 'not_found');
  else
    backToCase(
      here,
      caseId,
      done.kind === 'closed' ? 'already_closed' : done.kind === 'done' ? 'closed' : done.kind,
    );
}

async function showRefusedReply(here: StaffHere, text: string, kind: 'not_yours' | 'closed'): Promise<void> {
  const file = await openCase(here);
  if (!file) return;
  const fault = here.words.say(`reply.fault.${kind}`);
  await showCase(here, file, { draft: text, fault });
}

function outcomeOf(value: unknown): CaseOutcome | undefined {
  return CASE_OUTCOMES.find((outcome) => outcome === value);
}
