import { SHEET_RECEIVERS } from '../../reports/hand-over.js';
import type { StaffHere } from '../here.js';
import { actorOf, field } from '../here.js';
import { HandOverForm, HandOverSheet, NOTE_MAX } from '../pages/hand-over.js';
import { showMessage, showPage } from '../show.js';
import { openCase } from '../show-case.js';

export const getSheet = (here: StaffHere): Promise<void> => showForm(here, '');

/** Makes the sheet. It is this answer only: what was written in the free field is stored nowhere and in no address. */
export async function postSheet(here: StaffHere): Promise<void> {
  const { deps, req, words, signedIn } = here;
  const to = SHEET_RECEIVERS.find((known) => known === field(req, 'to'));
  const note = field(req, 'text').replaceAll('\r\n', '\n').trim();
  if (!to || note.length > NOTE_MAX) {
    await showForm(here, note, words.say(to ? 'sheet.fault.too_long' : 'sheet.fault.no_receiver'));
    return;
  }
  const file = await openCase(here);
  if (!file) return;
  if (!(await deps.sheets.made(actorOf(here), file.id))) {
    showMessage(here, 'not_found', note);
    return;
  }
  showPage(
    here,
    { title: words.say('sheet.title', { number: file.number }), current: 'queue' },
    <HandOverSheet
      {...{ words, file, to, note }}
      directory={deps.directory}
      mine={file.takenBy?.staffId === signedIn.member.id}
      withWords={field(req, 'words') === 'yes'}
      madeBy={signedIn.member.name}
    />,
  );
}

async function showForm(here: StaffHere, note: string, fault?: string): Promise<void> {
  const { words, signedIn } = here;
  const file = await openCase(here);
  if (!file) return;
  showPage(
    here,
    {
      title: words.say('sheet.title', { number: file.number }),
      current: 'queue',
      ...(fault === undefined ? {} : { status: 422 }),
    },
    <HandOverForm
      {...{ words, file, note }}
      mine={file.takenBy?.staffId === signedIn.member.id}
      csrfToken={signedIn.session.csrfToken}
      {...(fault === undefined ? {} : { fault })}
    />,
  );
}
