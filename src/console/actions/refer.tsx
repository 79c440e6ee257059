import { vietnamDay } from '../../directory/vietnam-day.js';
import {
  CONSENTS,
  OFFER_KINDS,
  OFFER_REASONS,
  type Offer,
  offerFault,
  WITHDRAW_REASONS,
  type WithdrawReason,
} from '../../reports/referral.js';
import type { StaffHere } from '../here.js';
import { actorOf, field, isUuid, pathPart } from '../here.js';
import { type ReferForm, ReferPage } from '../pages/refer.js';
import { agenciesNamed } from '../search-agencies.js';
import { showMessage, showPage } from '../show.js';
import { backToCase } from '../show-case.js';

const SEARCHED = 60;
const SHOWN = 12;
const SEARCH_MAX = 80;

export async function getRefer(here: StaffHere): Promise<void> {
  await showRefer(here, {
    ...{ kind: '', search: '', toAgency: '', reason: '', ground: '', consent: '', words: '', override: '' },
    id: here.deps.newId(),
  });
}

/** Sends the offer; the page comes back with everything still in it when something is missing. */
export async function postRefer(here: StaffHere): Promise<void> {
  const { deps, req } = here;
  const form = formOf(here);
  const offer = field(req, 'step') === 'search' ? undefined : offerOf(here, form);
  if (offer === undefined) {
    await showRefer(here, form);
    return;
  }
  if (typeof offer === 'string') {
    await showRefer(here, form, offer);
    return;
  }
  const caseId = pathPart(req, 'id');
  const outcome =
    isUuid(caseId) && isUuid(form.id)
      ? await deps.referrals.offer(actorOf(here), caseId, offer, form.id)
      : { kind: 'not_found' as const };
  if (outcome.kind === 'not_found') showMessage(here, 'not_found', form.words);
  else if (outcome.kind === 'cannot_get_it') await showRefer(here, form, 'cannot_get_it');
  else if (outcome.kind === 'incomplete') await showRefer(here, form, 'ground');
  else if (outcome.kind === 'done') backToCase(here, caseId, 'offered');
  else backToCase(here, caseId, outcome.kind === 'closed' ? 'already_closed' : 'not_yours');
}

export const postWithdraw = (here: StaffHere): Promise<void> =>
  takeBack(here, 'offer_withdrawn', (id, reason) => here.deps.referrals.withdraw(actorOf(here), id, reason));

export const postEnd = (here: StaffHere): Promise<void> =>
  takeBack(here, 'offer_ended', (id, reason) => here.deps.referrals.end(actorOf(here), id, reason));

async function takeBack(
  here: StaffHere,
  done: 'offer_withdrawn' | 'offer_ended',
  act: (id: string, reason: WithdrawReason) => Promise<{ readonly kind: string }>,
): Promise<void> {
  const [caseId, id] = [pathPart(here.req, 'id'), pathPart(here.req, 'referral')];
  const reason = WITHDRAW_REASONS.find((one) => one === field(here.req, 'reason'));
  if (!isUuid(caseId) || !isUuid(id)) showMessage(here, 'not_found');
  else if (!reason) backToCase(here, caseId, 'choose_reason');
  else {
    const { kind } = await act(id, reason);
    backToCase(here, caseId, kind === 'done' ? done : 'offer_gone');
  }
}

function formOf({ req }: StaffHere): ReferForm {
  const lines = (name: string) => field(req, name).replaceAll('\r\n', '\n');
  return {
    kind: OFFER_KINDS.find((one) => one === field(req, 'kind')) ?? '',
    search: field(req, 'agency_search').trim().slice(0, SEARCH_MAX),
    toAgency: field(req, 'agency'),
    reason: OFFER_REASONS.find((one) => one === field(req, 'reason')) ?? '',
    ground: field(req, 'ground'),
    consent: CONSENTS.find((one) => one === field(req, 'consent')) ?? '',
    words: lines('words'),
    override: lines('override'),
    id: field(req, 'referral_id'),
  };
}

type FormFault =
  | 'kind'
  | 'agency'
  | 'reason'
  | 'ground'
  | 'consent'
  | 'words'
  | 'override'
  | 'too_long'
  | 'cannot_get_it';

/** The offer, or the first thing that is missing in the order of the page. */
function offerOf({ deps }: StaffHere, form: ReferForm): Offer | FormFault {
  const { kind, toAgency, reason, ground, consent, words, override } = form;
  if (kind === '') return 'kind';
  if (deps.directory.agency(toAgency) === undefined) return 'agency';
  if (reason === '') return 'reason';
  if (!deps.grounds.on(vietnamDay(deps.now()), kind).some(({ id }) => id === ground)) return 'ground';
  if (consent === '') return 'consent';
  const offer = { kind, toAgency, reason, ground, consent, words, override };
  return offerFault(offer) ?? offer;
}

async function showRefer(here: StaffHere, form: ReferForm, fault?: FormFault): Promise<void> {
  const { deps, req, words, signedIn } = here;
  const caseId = pathPart(req, 'id');
  const row = isUuid(caseId) ? await deps.life.glance(actorOf(here), caseId) : undefined;
  if (!row) {
    showMessage(here, 'not_found', form.words);
    return;
  }
  const named = agenciesNamed(deps.directory, form.search, form.toAgency, SEARCHED);
  const allowed = await deps.referrals.mayGet(
    actorOf(here),
    caseId,
    named.map(({ id }) => id),
  );
  const today = vietnamDay(deps.now());
  showPage(
    here,
    {
      title: words.say('referral.page'),
      current: 'queue',
      ...(fault === undefined ? {} : { status: 422 }),
    },
    <ReferPage
      {...{ words, form, caseId }}
      number={row.number}
      found={named.filter(({ id }) => allowed.includes(id)).slice(0, SHOWN)}
      grounds={deps.grounds.on(today)}
      {...(fault && { fault: words.say(`referral.fault.${fault}`) })}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}
