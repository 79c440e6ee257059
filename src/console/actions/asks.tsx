import { actorOf, isUuid, pathPart, type StaffHere } from '../here.js';
import { AsksPage } from '../pages/asks.js';
import { showMessage, showPage } from '../show.js';

/** What agencies below ask a second person for; that it was seen is on record. */
export async function getAsks(here: StaffHere): Promise<void> {
  const { words, deps, signedIn } = here;
  const asks = await deps.evidenceAbove.asks(actorOf(here));
  showPage(
    here,
    { title: words.say('above.title'), current: 'queue' },
    <AsksPage {...{ words, asks }} directory={deps.directory} csrfToken={signedIn.session.csrfToken} />,
  );
}

export async function postAgreeAbove(here: StaffHere): Promise<void> {
  const id = pathPart(here.req, 'id');
  const outcome = isUuid(id)
    ? await here.deps.evidenceAbove.agree(actorOf(here), id)
    : { kind: 'not_found' as const };
  if (outcome.kind === 'not_found') showMessage(here, 'not_found');
  else here.res.redirect(303, `/console/asks?notice=evidence_${outcome.kind}`);
}
