import { GIVE_BACK_REASONS, HAND_BACK_REASONS, REOPEN_REASONS } from '../../reports/case-moves.js';
import type { CaseProps } from './case-props.js';
import { FormToken, outOfBand, ReasonChoices } from './parts.js';

/** What this member can do with the case now, besides answering and closing. */
export function CaseActs(props: CaseProps) {
  const { words, acts, file } = props;
  const has = (act: CaseProps['acts'][number]) => acts.includes(act);
  const any = (['assess', 'support', 'hand_over', 'give_back', 'hand_back', 'offer', 'reopen'] as const).some(
    has,
  );
  if (!any) return null;
  return (
    <section class="card acts" aria-labelledby="acts-title">
      <h2 id="acts-title">{words.say('act.title')}</h2>
      {has('assess') && <Step {...props} to="assess" />}
      {has('support') && <Step {...props} to="support" />}
      {has('hand_over') && <HandOver {...props} />}
      {has('give_back') && (
        <Reasoned {...props} act="give_back" path="give-back" reasons={GIVE_BACK_REASONS} />
      )}
      {has('offer') && (
        <p>
          <a href={`/console/cases/${file.id}/refer`}>{words.say('act.offer.open')}</a>
        </p>
      )}
      {has('hand_back') && (
        <Reasoned {...props} act="hand_back" path="hand-back" reasons={HAND_BACK_REASONS} />
      )}
      {has('reopen') && <Reasoned {...props} act="reopen" path="reopen" reasons={REOPEN_REASONS} />}
    </section>
  );
}

/** A step of the official procedure, with what it means. */
function Step({ words, file, csrfToken, to }: CaseProps & { to: 'assess' | 'support' }) {
  return (
    <form method="post" action={`/console/cases/${file.id}/move`}>
      <FormToken value={csrfToken} />
      <input type="hidden" name="to" value={to} />
      <p class="soft small" id={`${to}-is`}>
        {words.say(`act.${to}.is`)}
      </p>
      <button type="submit" class="second" aria-describedby={`${to}-is`}>
        {words.say(`act.${to}.do`)}
      </button>
    </form>
  );
}

function HandOver({ words, file, colleagues, csrfToken }: CaseProps) {
  return (
    <details>
      <summary>{words.say('act.hand_over.open')}</summary>
      {colleagues.length === 0 ? (
        <p class="soft">{words.say('act.hand_over.nobody')}</p>
      ) : (
        <form method="post" action={`/console/cases/${file.id}/hand-over`}>
          <FormToken value={csrfToken} />
          <label for="colleague">{words.say('act.hand_over.whom')}</label>
          <select id="colleague" name="colleague" required>
            <option value="">{words.say('act.hand_over.choose')}</option>
            {colleagues.map(({ staffId, name }) => (
              <option key={staffId} value={staffId}>
                {name}
              </option>
            ))}
          </select>
          <button type="submit" class="second">
            {words.say('act.hand_over.do')}
          </button>
        </form>
      )}
    </details>
  );
}

function Reasoned(
  props: CaseProps & {
    act: 'give_back' | 'hand_back' | 'reopen';
    path: string;
    reasons: readonly string[];
  },
) {
  const { words, file, csrfToken, act, path, reasons } = props;
  return (
    <details>
      <summary>{words.say(`act.${act}.open`)}</summary>
      <form method="post" action={`/console/cases/${file.id}/${path}`}>
        <FormToken value={csrfToken} />
        <ReasonChoices words={words} legend={words.say(`act.${act}.why`)} reasons={reasons} />
        <p class="soft small">{words.say(`act.${act}.note`)}</p>
        <button type="submit" class="second">
          {words.say(`act.${act}.do`)}
        </button>
      </form>
    </details>
  );
}

const LATELY_MS = 15 * 60_000;

/** Who else opened the case a short while ago, so that two do not do one thing. */
export function AlsoLooking({ words, file, staffId, renewed }: CaseProps & { renewed?: boolean }) {
  const names = new Set(
    file.events
      .filter(
        (event) =>
          event.kind === 'looked' &&
          event.staffId !== staffId &&
          event.staffName !== undefined &&
          words.now - event.at.getTime() < LATELY_MS,
      )
      .map(({ staffName }) => staffName),
  );
  return (
    <p id="also-looking" class="soft small" {...outOfBand(renewed)}>
      {names.size > 0 && words.say('act.also_looking', { names: [...names].join(', ') })}
    </p>
  );
}
