import { REJECT_REASONS } from '../../reports/referral.js';
import type { AnswerOutcome } from '../../reports/referrals.js';
import type { StaffHere } from '../here.js';
import { actorOf, field, isUuid, pathPart } from '../here.js';
import { OfferPage } from '../pages/offer.js';
import { showPage } from '../show.js';
import { backToCase } from '../show-case.js';

/** What another agency offers, before anything of the report can be seen. */
export async function getOffer(here: StaffHere): Promise<void> {
  const { deps, req, words, signedIn } = here;
  const id = pathPart(req, 'id');
  const seen = isUuid(id) ? await deps.referrals.see(actorOf(here), id) : undefined;
  if (!seen) {
    here.res.redirect(303, '/console/queue?notice=offer_gone');
    return;
  }
  showPage(
    here,
    { title: words.say(`offer.title.${seen.bundle.kind}`), current: 'queue' },
    <OfferPage
      {...{ words }}
      bundle={seen.bundle}
      letter={seen.words}
      directory={deps.directory}
      grounds={deps.grounds}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}

export async function postAccept(here: StaffHere): Promise<void> {
  const outcome = await answer(here, (id) => here.deps.referrals.accept(actorOf(here), id));
  if (outcome.kind === 'done') backToCase(here, outcome.caseId, 'offer_accepted');
  else here.res.redirect(303, '/console/queue?notice=offer_gone');
}

export async function postReject(here: StaffHere): Promise<void> {
  const reason = REJECT_REASONS.find((one) => one === field(here.req, 'reason'));
  if (!reason) {
    here.res.redirect(303, `/console/offers/${pathPart(here.req, 'id')}?notice=choose_reason`);
    return;
  }
  const outcome = await answer(here, (id) => here.deps.referrals.reject(actorOf(here), id, reason));
  const notice = outcome.kind === 'done' ? 'offer_rejected' : 'offer_gone';
  here.res.redirect(303, `/console/queue?notice=${notice}`);
}

async function answer(here: StaffHere, act: (id: string) => Promise<AnswerOutcome>): Promise<AnswerOutcome> {
  const id = pathPart(here.req, 'id');
  return isUuid(id) ? act(id) : { kind: 'not_found' };
}
