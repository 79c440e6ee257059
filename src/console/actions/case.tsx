import type { CaseFile, CaseOutcome, WriteOutcome } from '../../reports/case.js';
import { CASE_OUTCOMES } from '../../reports/case.js';
import type { StaffHere } from '../here.js';
import { actorOf, field, isUuid, pathPart } from '../here.js';
import { CaseNews, CasePage } from '../pages/case.js';
import { CloseConfirm } from '../pages/case-talk.js';
import { may } from '../permissions.js';
import { replyFault } from '../reply.js';
import { showFragment, showMessage, showPage } from '../show.js';
import { pageMark } from '../turn.js';

const MOST_ROWS = 200;

export async function getCase(here: StaffHere): Promise<void> {
  const file = await openCase(here);
  if (file) await showCase(here, file);
}

/**
 * An open page asks whether it is old. The queue answers that, so that a page lying open does not look into the case
 * again and again; only when something changed is the case opened.
 */
export async function getCaseLive(here: StaffHere): Promise<void> {
  const { deps, req, res } = here;
  const caseId = pathPart(req, 'id');
  const rows = await deps.desk.queue(actorOf(here), { limit: MOST_ROWS });
  const row = rows.find(({ id }) => id === caseId);
  if (row && row.unread === 0 && pageMark(row) === req.query.mark) {
    res.status(204).end();
    return;
  }
  const file = await openCase(here);
  if (file) showFragment(here, <CaseNews {...caseProps(here, file)} />);
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
  else await showRefusedReply(here, text, outcome.kind);
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

/** The case, or undefined after the "not found" page was sent. Cases of other agencies are not found. */
export async function openCase(here: StaffHere): Promise<CaseFile | undefined> {
  const caseId = pathPart(here.req, 'id');
  const file = isUuid(caseId) ? await here.deps.desk.open(actorOf(here), caseId) : undefined;
  if (!file) showMessage(here, 'not_found', field(here.req, 'text'));
  return file;
}

async function showRefusedReply(here: StaffHere, text: string, kind: 'not_yours' | 'closed'): Promise<void> {
  const file = await openCase(here);
  if (!file) return;
  const fault = here.words.say(`reply.fault.${kind}`);
  await showCase(here, file, { draft: text, fault });
}

async function showCase(
  here: StaffHere,
  file: CaseFile,
  refused?: { draft: string; fault: string },
): Promise<void> {
  const { relations, holds } = here.deps;
  const around = await relations.around(actorOf(here), file.id);
  const keeping = await holds.of(actorOf(here), file.id);
  const mayHold = may(here.signedIn.member, 'hold_case');
  const title = here.words.say('case.number', { number: file.number });
  const status = refused ? 422 : 200;
  showPage(
    here,
    { title, status, current: 'queue', live: true },
    <CasePage {...caseProps(here, file)} {...{ around, keeping, mayHold }} {...refused} />,
  );
}

function caseProps({ words, deps, signedIn }: StaffHere, file: CaseFile) {
  const { member, session } = signedIn;
  const messageId = deps.newId();
  return {
    words,
    directory: deps.directory,
    file,
    staffId: member.id,
    csrfToken: session.csrfToken,
    messageId,
  };
}

export function backToCase({ res }: StaffHere, caseId: string, notice?: string): void {
  res.redirect(303, `/console/cases/${caseId}${notice === undefined ? '' : `?notice=${notice}`}`);
}

function outcomeOf(value: unknown): CaseOutcome | undefined {
  return CASE_OUTCOMES.find((outcome) => outcome === value);
}
