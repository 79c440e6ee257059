import type { StaffMember, StaffSession } from '../../staff/staff.js';
import type { Words } from '../words.js';
import { Fault, FormToken, Moment } from './parts.js';

/** Few enough to make new ones soon. */
const FEW_CODES = 3;

interface AccountProps {
  words: Words;
  member: StaffMember;
  sessions: readonly StaffSession[];
  /** Id of the session this page is shown in. */
  thisSession: string;
  /** Absent in the demo, which asks for no code. */
  codesLeft: number | undefined;
  refusal: { form: 'codes' | 'app'; fault: string } | undefined;
  csrfToken: string;
}

/** Where one is signed in, and one's second step. */
export function AccountPage(props: AccountProps) {
  const { words, member, sessions, codesLeft, csrfToken } = props;
  return (
    <>
      <div class="page-head">
        <h1>{words.say('account.title')}</h1>
        <p class="soft">
          {member.name} · {member.signInName}
        </p>
      </div>
      <section class="card">
        <h2>{words.say('account.devices')}</h2>
        <p class="soft small">{words.say('account.devices_lead')}</p>
        <ul class="devices">
          {sessions.map((session) => (
            <Device key={session.id} session={session} {...props} />
          ))}
        </ul>
        <div class="buttons">
          {sessions.length > 1 && (
            <form method="post" action="/console/account/end-others">
              <FormToken value={csrfToken} />
              <button type="submit">{words.say('account.end_others')}</button>
            </form>
          )}
          <form method="post" action="/console/account/end-all">
            <FormToken value={csrfToken} />
            <button type="submit" class="second">
              {words.say('account.end_all')}
            </button>
          </form>
        </div>
      </section>
      <section class="card below">
        <h2>{words.say('account.second_step')}</h2>
        {codesLeft === undefined ? (
          <p class="hint">{words.say('sign_in.second_step_off')}</p>
        ) : (
          <>
            <p class={codesLeft < FEW_CODES ? 'fault' : undefined}>
              {words.say(codesLeft < FEW_CODES ? 'account.few_codes' : 'account.codes_left', {
                n: codesLeft,
              })}
            </p>
            <PassphraseForm {...props} form="codes" />
            <PassphraseForm {...props} form="app" />
          </>
        )}
      </section>
    </>
  );
}

function Device(props: AccountProps & { session: StaffSession }) {
  const { session, words, thisSession, codesLeft, csrfToken } = props;
  // Somebody who knows the passphrase and gave no code: their owner should know.
  const halfWay = codesLeft !== undefined && session.secondStep === 'due';
  const name = words.say('device.name', {
    browser: words.say(`device.browser.${session.browser}`),
    system: words.say(`device.system.${session.system}`),
  });
  return (
    <li class="person device">
      <div>
        <strong>{name}</strong>
        <p class="soft small">
          {words.say('account.begun')} <Moment at={session.createdAt} words={words} /> ·{' '}
          {words.say('account.used')} <Moment at={session.lastSeen} words={words} />
          {halfWay && ` · ${words.say('account.half_way')}`}
        </p>
      </div>
      {session.id === thisSession ? (
        <span class="tag tag-active">{words.say('account.this_one')}</span>
      ) : (
        <form method="post" action={`/console/account/sessions/${session.id}/end`}>
          <FormToken value={csrfToken} />
          <button type="submit" class="second" aria-label={words.say('account.end_which', { name })}>
            {words.say('account.end')}
          </button>
        </form>
      )}
    </li>
  );
}

/** A change that asks for the passphrase again. */
function PassphraseForm({
  form,
  words,
  member,
  refusal,
  csrfToken,
}: AccountProps & { form: 'codes' | 'app' }) {
  const fault = refusal?.form === form ? refusal.fault : undefined;
  return (
    <details open={fault !== undefined}>
      <summary>{words.say(`account.${form}`)}</summary>
      <p>{words.say(`account.${form}_lead`)}</p>
      {fault !== undefined && <Fault id={`${form}-fault`} text={fault} />}
      <form method="post" action={`/console/account/${form}`}>
        <FormToken value={csrfToken} />
        <input type="hidden" name="username" value={member.signInName} autocomplete="username" />
        <label for={`${form}-passphrase`}>{words.say('sign_in.passphrase')}</label>
        <input
          id={`${form}-passphrase`}
          name="passphrase"
          type="password"
          autocomplete="current-password"
          required
          maxLength={400}
          aria-describedby={fault && `${form}-fault`}
        />
        <button type="submit">{words.say(`account.${form}_go`)}</button>
      </form>
    </details>
  );
}
