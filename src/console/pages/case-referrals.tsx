import { type Referral, WITHDRAW_REASONS } from '../../reports/referral.js';
import type { CaseProps } from './case-props.js';
import { FormToken, Moment, outOfBand, ReasonChoices } from './parts.js';

/** To whom the case was offered, opened or handed up, newest first. */
export function CaseReferrals(props: CaseProps & { renewed?: boolean }) {
  const { words, file, renewed } = props;
  return (
    <div id="referrals" {...outOfBand(renewed)}>
      {file.referrals.length > 0 && (
        <section class="card" aria-labelledby="referrals-title">
          <h2 id="referrals-title">{words.say('referral.title')}</h2>
          <ul class="plain referrals">
            {file.referrals.map((referral) => (
              <Line key={referral.id} referral={referral} {...props} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Line(props: CaseProps & { referral: Referral }) {
  const { words, directory, referral, acts } = props;
  const agency = directory.agency(referral.toAgency)?.name ?? referral.toAgency;
  const mayTakeBack = acts.includes('offer') || acts.includes('reopen');
  return (
    <li>
      <p>
        <strong>{words.say(`referral.line.${referral.kind}`, { agency })}</strong>
      </p>
      <p class="soft small">
        {words.say(`referral.state.${referral.state}`)} ·{' '}
        <Moment at={referral.answeredAt ?? referral.offeredAt} words={words} />
      </p>
      <Terms {...props} />
      {mayTakeBack && referral.state === 'offered' && <TakeBack {...props} act="withdraw" />}
      {mayTakeBack && referral.state === 'accepted' && referral.kind === 'open' && (
        <TakeBack {...props} act="end" />
      )}
    </li>
  );
}

/** Reason, ground, consent and words of one referral. */
function Terms({ words, grounds, referral }: CaseProps & { referral: Referral }) {
  const ground = referral.ground === undefined ? undefined : grounds.byId(referral.ground);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['why', words.say(`referral.reason.${referral.reason}`)],
    ['ground', ground?.basis ?? referral.ground],
    ['consent', referral.consent && words.say(`referral.consent_is.${referral.consent}`)],
    ['override', referral.override],
    ['words', referral.words],
    ['answer', referral.answerReason && words.ifKnown(`act.reason.${referral.answerReason}`)],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <>
              <dt>{words.say(`referral.${name}`)}</dt>
              <dd>{value}</dd>
            </>
          ),
      )}
    </dl>
  );
}

function TakeBack(props: CaseProps & { referral: Referral; act: 'withdraw' | 'end' }) {
  const { words, file, referral, csrfToken, act } = props;
  return (
    <details>
      <summary>{words.say(`referral.${act}`)}</summary>
      <form method="post" action={`/console/cases/${file.id}/referrals/${referral.id}/${act}`}>
        <FormToken value={csrfToken} />
        <ReasonChoices words={words} legend={words.say('referral.why_withdraw')} reasons={WITHDRAW_REASONS} />
        <button type="submit" class="second">
          {words.say(`referral.${act}`)}
        </button>
      </form>
    </details>
  );
}
