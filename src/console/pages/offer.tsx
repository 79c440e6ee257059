import type { Directory } from '../../directory/directory.js';
import { REJECT_REASONS } from '../../reports/referral.js';
import type { ReferralGrounds } from '../../reports/referral-grounds.js';
import type { OfferBundle } from '../../reports/referrals.js';
import type { Words } from '../words.js';
import { FormToken, Moment, ReasonChoices } from './parts.js';
import { placeName } from './place-name.js';

interface OfferProps {
  words: Words;
  directory: Directory;
  grounds: ReferralGrounds;
  bundle: OfferBundle;
  /** What the offering agency wrote. */
  letter: string;
  csrfToken: string;
}

/** What the other agency sees before it accepts, and its two answers. */
export function OfferPage(props: OfferProps) {
  const { words, bundle, csrfToken } = props;
  return (
    <article class="narrow case">
      <p class="back">
        <a href="/console/queue">{words.say('case.back')}</a>
      </p>
      <section class="card">
        <p class="soft case-number">
          {words.say('case.number', { number: bundle.caseNumber })}
          {bundle.urgency === 'urgent' && (
            <span class="tag tag-urgent">{words.say('case.urgency.urgent')}</span>
          )}
        </p>
        <h1>{words.say(`offer.title.${bundle.kind}`)}</h1>
        <p class="hint">{words.say('offer.least')}</p>
        <Facts {...props} />
        <p class="soft small">{words.say('offer.clock')}</p>
        <form method="post" action={`/console/offers/${bundle.id}/accept`}>
          <FormToken value={csrfToken} />
          <p class="soft small" id="accept-is">
            {words.say(`offer.accept_is.${bundle.kind}`)}
          </p>
          <button type="submit" aria-describedby="accept-is">
            {words.say(`offer.accept.${bundle.kind}`)}
          </button>
        </form>
        <details>
          <summary>{words.say('offer.reject')}</summary>
          <form method="post" action={`/console/offers/${bundle.id}/reject`}>
            <FormToken value={csrfToken} />
            <ReasonChoices words={words} legend={words.say('offer.why_reject')} reasons={REJECT_REASONS} />
            <p class="soft small">{words.say('offer.reject_note')}</p>
            <button type="submit" class="second">
              {words.say('offer.reject')}
            </button>
          </form>
        </details>
      </section>
    </article>
  );
}

function Facts({ words, directory, grounds, bundle, letter }: OfferProps) {
  const ground = grounds.byId(bundle.ground);
  const facts: readonly (readonly [string, string])[] = [
    [words.say('case.category'), words.say(`category.${bundle.category}`)],
    [words.say('case.urgency.name'), words.say(`case.urgency.${bundle.urgency}`)],
    [words.say('case.place'), placeName(directory, words, bundle.placeCode)],
    [words.say('case.state.name'), words.say(`case.state.is.${bundle.state}`)],
    [words.say('offer.from'), directory.agency(bundle.fromAgency)?.name ?? bundle.fromAgency],
    [words.say('referral.why'), words.say(`referral.reason.${bundle.reason}`)],
    [words.say('referral.words'), letter],
    [words.say('referral.ground'), ground ? `${ground.text}. ${ground.basis}` : bundle.ground],
  ];
  return (
    <dl class="facts">
      <dt>{words.say('case.opened_at')}</dt>
      <dd>
        <Moment at={bundle.openedAt} words={words} />
      </dd>
      <dt>{words.say('offer.at')}</dt>
      <dd>
        <Moment at={bundle.offeredAt} words={words} />
      </dd>
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}
