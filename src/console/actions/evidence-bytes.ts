import type { Bytes } from '../../reports/evidence/desk.js';
import { endingOf } from '../../reports/evidence/rules.js';
import { actorOf, isUuid, pathPart, type StaffHere } from '../here.js';
import { showMessage } from '../show.js';

/** What came from strangers may do nothing in the browser, whatever the browser takes it for. */
const SHUT_IN = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export async function getPreview(here: StaffHere): Promise<void> {
  const at = placeOf(here);
  const bytes = at && (await here.deps.evidence.preview(actorOf(here), at.caseId, at.fileId));
  if (bytes?.kind === 'bytes') sendInline(here, bytes.type, bytes.bytes);
  else here.res.status(bytes?.kind === 'locked' ? 423 : 404).end();
}

/** The picture painted anew, or the sound: while a look of this person is open. */
export async function getCopy(here: StaffHere): Promise<void> {
  const at = placeOf(here);
  const bytes = at && (await here.deps.evidence.open(actorOf(here), at.caseId, at.fileId, 'copy'));
  if (bytes?.kind === 'bytes') sendInline(here, bytes.type, bytes.bytes);
  else here.res.status(bytes?.kind === 'locked' ? 423 : bytes?.kind === 'not_open' ? 428 : 404).end();
}

/** The bytes as received, to be saved and never shown; false when they cannot be given. */
export function sendOriginal(here: StaffHere, fileId: string, outcome: Bytes): boolean {
  if (outcome.kind !== 'bytes') {
    showMessage(here, outcome.kind === 'locked' ? 'evidence_locked' : 'not_found');
    return false;
  }
  const name = `${outcome.caseNumber}-${fileId.slice(0, 8)}.${endingOf(outcome.type)}`;
  here.res
    .set('Content-Security-Policy', SHUT_IN)
    .set('Content-Disposition', `attachment; filename="${name}"`)
    .type('application/octet-stream')
    .send(outcome.bytes);
  return true;
}

/** Case and file of the path; undefined when they are no ids. */
export function placeOf({
  req,
}: StaffHere): { readonly caseId: string; readonly fileId: string } | undefined {
  const [caseId, fileId] = [pathPart(req, 'id'), pathPart(req, 'file')];
  return isUuid(caseId) && isUuid(fileId) ? { caseId, fileId } : undefined;
}

/** Browsers that play sound ask for pieces of it (RFC 9110 section 14); one piece at a time is given. */
function sendInline({ req, res }: StaffHere, type: string, bytes: Buffer): void {
  res
    .set('Content-Security-Policy', SHUT_IN)
    .set('Content-Disposition', 'inline')
    .set('Accept-Ranges', 'bytes')
    .type(type);
  const ranges = req.range(bytes.length);
  const [range, more] = Array.isArray(ranges) && ranges.type === 'bytes' ? ranges : [];
  if (ranges === -1) res.status(416).set('Content-Range', `bytes */${bytes.length}`).end();
  else if (range && !more)
    res
      .status(206)
      .set('Content-Range', `bytes ${range.start}-${range.end}/${bytes.length}`)
      .send(bytes.subarray(range.start, range.end + 1));
  else res.send(bytes);
}
