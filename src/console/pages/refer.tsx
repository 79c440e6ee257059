import type { Agency } from '../../directory/directory.js';
import {
  CONSENTS,
  type Consent,
  OFFER_KINDS,
  OFFER_REASONS,
  OFFER_WORDS_MAX,
  type OfferKind,
  type OfferReason,
} from '../../reports/referral.js';
import type { ReferralGround } from '../../reports/referral-grounds.js';
import type { Words } from '../words.js';
import { Fault, FormToken } from './parts.js';

/** The form as it was last filled in. */
export interface ReferForm {
  readonly kind: OfferKind | '';
  readonly search: string;
  readonly toAgency: string;
  readonly reason: OfferReason | '';
  readonly ground: string;
  readonly consent: Consent | '';
  readonly words: string;
  readonly override: string;
  /** Id of the offer, so that sending it twice is harmless. */
  readonly id: string;
}

interface ReferProps {
  words: Words;
  form: ReferForm;
  caseId: string;
  number: string;
  found: readonly Agency[];
  grounds: readonly ReferralGround[];
  fault?: string;
  csrfToken: string;
}

/** Offers a case to another agency. Agencies are searched by name; without scripts the search button does the same. */
export function ReferPage(props: ReferProps) {
  const { words, form, caseId, number, grounds, fault, csrfToken } = props;
  return (
    <section class="narrow card">
      <p class="back">
        <a href={`/console/cases/${caseId}`}>{words.say('referral.back')}</a>
      </p>
      <p class="soft">{words.say('case.number', { number })}</p>
      <h1>{words.say('referral.page')}</h1>
      <p class="hint">{words.say('referral.secret')}</p>
      {fault !== undefined && <Fault id="refer-fault" text={fault} />}
      <form method="post" action={`/console/cases/${caseId}/refer`} aria-describedby={fault && 'refer-fault'}>
        <FormToken value={csrfToken} />
        <input type="hidden" name="referral_id" value={form.id} />
        <Choices
          name="kind"
          legend={words.say('referral.kind')}
          chosen={form.kind}
          choices={OFFER_KINDS.map((kind) => [kind, words.say(`referral.kind_is.${kind}`)])}
        />
        <AgencySearch {...props} />
        <Choices
          name="reason"
          legend={words.say('referral.reason_title')}
          chosen={form.reason}
          choices={OFFER_REASONS.map((reason) => [reason, words.say(`referral.reason.${reason}`)])}
        />
        <Choices
          name="ground"
          legend={words.say('referral.ground_title')}
          chosen={form.ground}
          choices={grounds.map(({ id, basis, text, kinds }) => [
            id,
            `${text}. ${basis}${kinds.includes('move') ? '' : ` ${words.say('referral.only_open')}`}`,
          ])}
        />
        <Choices
          name="consent"
          legend={words.say('referral.consent_title')}
          chosen={form.consent}
          choices={CONSENTS.map((consent) => [consent, words.say(`referral.consent_is.${consent}`)])}
        />
        <TextField name="override" text={form.override} words={words} />
        <TextField name="words" text={form.words} words={words} />
        <button type="submit">{words.say('referral.go')}</button>
      </form>
    </section>
  );
}

function Choices(props: {
  name: string;
  legend: string;
  chosen: string;
  choices: readonly (readonly [string, string])[];
}) {
  const { name, legend, chosen, choices } = props;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {choices.map(([value, text]) => (
        <label key={value} class="choice">
          <input type="radio" name={name} value={value} required checked={value === chosen} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function TextField({ name, text, words }: { name: 'words' | 'override'; text: string; words: Words }) {
  return (
    <>
      <label for={`refer-${name}`}>{words.say(`referral.${name}_label`)}</label>
      <p class="soft small" id={`refer-${name}-tips`}>
        {words.say(`referral.${name}_tips`)}
      </p>
      <textarea
        id={`refer-${name}`}
        name={name}
        rows={3}
        required={name === 'words'}
        maxLength={OFFER_WORDS_MAX}
        aria-describedby={`refer-${name}-tips`}
      >
        {text}
      </textarea>
    </>
  );
}

function AgencySearch({ words, form, caseId, found }: ReferProps) {
  return (
    <>
      <label for="agency-search">{words.say('referral.agency')}</label>
      <p class="soft small" id="agency-tips">
        {words.say('referral.agency_tips')}
      </p>
      <div class="search">
        <input
          id="agency-search"
          name="agency_search"
          type="search"
          value={form.search}
          maxLength={80}
          autocomplete="off"
          aria-describedby="agency-tips"
          hx-post={`/console/cases/${caseId}/refer`}
          hx-vals='{"step":"search"}'
          hx-trigger="input changed delay:300ms"
          hx-select="#agencies"
          hx-target="#agencies"
          hx-swap="outerHTML"
          hx-sync="this:replace"
        />
        <button type="submit" name="step" value="search" class="second" formNoValidate>
          {words.say('referral.search')}
        </button>
      </div>
      <fieldset id="agencies" class="agencies">
        <legend class="unseen">{words.say('referral.agency')}</legend>
        {found.length === 0 && <p class="soft">{words.say('referral.none_found')}</p>}
        {found.map(({ id, name }) => (
          <label key={id} class="choice">
            <input type="radio" name="agency" value={id} required checked={form.toAgency === id} />
            {name}
          </label>
        ))}
      </fieldset>
    </>
  );
}
