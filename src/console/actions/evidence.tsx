import type { EvidenceFile, LookAim } from '../../reports/evidence/desk.js';
import { actorOf, field, isUuid, type StaffHere } from '../here.js';
import type { Notice } from '../notices.js';
import { EvidencePage, type RefusedReason } from '../pages/evidence.js';
import { EvidenceNote } from '../pages/evidence-note.js';
import { may } from '../permissions.js';
import { reasonOf } from '../reason.js';
import { showMessage, showPage } from '../show.js';
import { placeOf, sendOriginal } from './evidence-bytes.js';

interface Place {
  readonly caseId: string;
  readonly fileId: string;
}

/** The page of one file; while somebody waits for a second person it asks again by itself (`/live`). */
export async function getEvidence(here: StaffHere): Promise<void> {
  const found = await findFile(here);
  if (found) await showFile(here, found.at, found.file);
}

/** The sheet that goes to the police with a file: what it is and who opened it, never what it shows. */
export async function getHandOverNote(here: StaffHere): Promise<void> {
  const found = await findFile(here);
  if (!found) return;
  const { words, signedIn, deps } = here;
  const { agencyId } = actorOf(here);
  const agencyName = deps.directory.agency(agencyId)?.name ?? '';
  showPage(
    here,
    { title: words.say('evidence.note.title'), current: 'queue' },
    <EvidenceNote
      {...found}
      {...{ words, agencyName }}
      directory={deps.directory}
      by={signedIn.member.name}
    />,
  );
}

export const postOpen = (here: StaffHere): Promise<void> => ask(here, 'copy');

/** Lets a file out of quarantine, when a second person agrees. */
export const postRelease = (here: StaffHere): Promise<void> => ask(here, 'release');

/** Gives the bytes as received; of a file in quarantine only after a second person agreed. */
export async function postOriginal(here: StaffHere): Promise<void> {
  const at = placeOf(here);
  const open = at && (await here.deps.evidence.open(actorOf(here), at.caseId, at.fileId, 'original'));
  if (at && open?.kind === 'bytes') {
    sendOriginal(here, at.fileId, open);
    return;
  }
  await ask(here, 'original');
}

export async function postAgree(here: StaffHere): Promise<void> {
  const found = await findFile(here);
  if (!found) return;
  const lookId = field(here.req, 'look');
  const outcome = isUuid(lookId)
    ? await here.deps.evidence.agree(actorOf(here), found.at.caseId, lookId)
    : { kind: 'not_found' as const };
  if (outcome.kind === 'not_found') showMessage(here, 'not_found');
  else backToFile(here, found.at, `evidence_${outcome.kind}`);
}

export async function postQuarantine(here: StaffHere): Promise<void> {
  const at = placeOf(here);
  const done = at && (await here.deps.evidence.quarantine(actorOf(here), at.caseId, at.fileId));
  if (at && done) backToFile(here, at, 'evidence_quarantined');
  else showMessage(here, 'not_found');
}

/** A reason was given: takes it, or shows the page again with what is missing and what was written. */
async function ask(here: StaffHere, aim: LookAim): Promise<void> {
  const found = await findFile(here);
  if (!found) return;
  const { at, file } = found;
  const { evidence } = here.deps;
  const reason = reasonOf(here.req, aim !== 'copy' || file.fact.quarantined);
  if ('fault' in reason) {
    await showFile(here, at, file, {
      aim,
      fault: here.words.say(`evidence.fault.${reason.fault}`),
      reason: field(here.req, 'reason'),
      text: field(here.req, 'text'),
    });
    return;
  }
  const outcome = await evidence.ask(actorOf(here), at.caseId, at.fileId, aim, reason.ok);
  if (outcome.kind === 'not_found') showMessage(here, 'not_found');
  else if (outcome.kind === 'open' && aim === 'original')
    sendOriginal(here, at.fileId, await evidence.open(actorOf(here), at.caseId, at.fileId, aim));
  else backToFile(here, at, outcome.kind === 'asked' ? 'evidence_asked' : undefined);
}

/** The file, or undefined after the "not found" page was sent. */
async function findFile(here: StaffHere): Promise<{ at: Place; file: EvidenceFile } | undefined> {
  const at = placeOf(here);
  const file = at && (await here.deps.evidence.file(actorOf(here), at.caseId, at.fileId));
  if (at && file) return { at, file };
  showMessage(here, 'not_found', field(here.req, 'text'));
  return undefined;
}

async function showFile(
  here: StaffHere,
  at: Place,
  file: EvidenceFile,
  refused?: RefusedReason,
): Promise<void> {
  const { words, signedIn, deps, req, res } = here;
  const { member, session } = signedIn;
  const asked = file.looks.filter((look) => look.state === 'asked');
  const reasons = new Map<string, string>();
  for (const { id } of asked) {
    const said = await deps.evidence.reasonWords(actorOf(here), at.caseId, id);
    if (said !== undefined) reasons.set(id, said);
  }
  // The sound of this page is its own; every other page plays nothing.
  if (file.fact.showing === 'sound')
    res.set('Content-Security-Policy', `${String(res.get('Content-Security-Policy'))};media-src 'self'`);
  showPage(
    here,
    { title: words.say('evidence.page_title'), status: refused ? 422 : 200, current: 'queue' },
    <EvidencePage
      {...{ words, at, file, reasons, refused }}
      directory={deps.directory}
      above={
        file.fact.quarantined ? await deps.evidenceAbove.secondFrom(actorOf(here), at.caseId) : undefined
      }
      staffId={member.id}
      renews={req.path.endsWith('/live')}
      mayTakeOriginal={may(member, 'take_original')}
      csrfToken={session.csrfToken}
    />,
  );
}

function backToFile({ res }: StaffHere, { caseId, fileId }: Place, notice?: Notice): void {
  res.redirect(
    303,
    `/console/cases/${caseId}/evidence/${fileId}${notice === undefined ? '' : `?notice=${notice}`}`,
  );
}
