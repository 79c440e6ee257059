import type { CaseKeeping } from '../../reports/case-hold.js';
import { HOLD_REASONS } from '../../reports/retention.js';
import type { Words } from '../words.js';
import { Fault, FormToken, Moment } from './parts.js';

/** Sets or lifts a hold. The reason is chosen, not written: what stands here tells of nobody. */
export function HoldPage(props: {
  words: Words;
  caseId: string;
  number: string;
  keeping: CaseKeeping;
  csrfToken: string;
  fault?: string;
}) {
  const { words, caseId, number, keeping, csrfToken, fault } = props;
  const { hold, until } = keeping;
  return (
    <section class="narrow card">
      <h1>{words.say(hold ? 'hold.title_lift' : 'hold.title_set', { number })}</h1>
      <p>{words.say('hold.what')}</p>
      {hold && (
        <p>
          {words.say('hold.set_by', {
            name: hold.setByName,
            reason: words.say(`hold.reason.${hold.reason}`),
          })}{' '}
          <Moment at={hold.setAt} words={words} />
        </p>
      )}
      {until && <p class="soft">{words.say('hold.until', { at: words.moment(until) })}</p>}
      <form method="post" action={`/console/cases/${caseId}/hold`}>
        <FormToken value={csrfToken} />
        <input type="hidden" name="act" value={hold ? 'lift' : 'set'} />
        {fault !== undefined && <Fault id="hold-fault" text={fault} />}
        {!hold && (
          <fieldset aria-describedby={fault === undefined ? undefined : 'hold-fault'}>
            <legend>{words.say('hold.why')}</legend>
            {HOLD_REASONS.map((reason) => (
              <label key={reason} class="choice">
                <input type="radio" name="reason" value={reason} required />
                {words.say(`hold.reason.${reason}`)}
              </label>
            ))}
          </fieldset>
        )}
        <div class="buttons">
          <button type="submit">{words.say(hold ? 'hold.lift' : 'hold.set')}</button>
          <a class="button second" href={`/console/cases/${caseId}`}>
            {words.say('hold.leave')}
          </a>
        </div>
      </form>
    </section>
  );
}
