import type { StaffMember } from '../../staff/staff.js';
import type { Words } from '../words.js';
import { CodeField } from './second-step.js';

/**
 * What browser/idle-lock.ts shows: the warning that the page will lock, and the cover that hides it until passphrase
 * and code are typed. Both are hidden, and without scripts stay so: then only the server locks.
 */
export function LockParts({
  words,
  member,
  asksCode,
}: {
  words: Words;
  member: StaffMember;
  asksCode: boolean;
}) {
  return (
    <>
      <div id="idle-warning" role="alert" hidden>
        <p data-warn="idle">{words.say('lock.warning')}</p>
        <p data-warn="final">{words.say('lock.warning_final')}</p>
        <button type="button" id="still-here">
          {words.say('lock.still_here')}
        </button>
      </div>
      <section id="lock" role="dialog" aria-modal="true" aria-labelledby="lock-title" hidden>
        <div class="narrow card">
          <h1 id="lock-title" tabIndex={-1}>
            {words.say('lock.title')}
          </h1>
          <p>{words.say('lock.body', { name: member.name })}</p>
          <p class="fault" id="lock-fault" role="alert" data-offline={words.say('lock.offline')} hidden />
          <form method="post" action="/console/unlock" id="unlock">
            <input type="hidden" name="sign_in_name" value={member.signInName} autocomplete="username" />
            <label for="lock-passphrase">{words.say('sign_in.passphrase')}</label>
            <input
              id="lock-passphrase"
              name="passphrase"
              type="password"
              autocomplete="current-password"
              required
              maxLength={400}
              aria-describedby="lock-fault"
            />
            {asksCode && (
              <>
                <label for="lock-code">{words.say('lock.code')}</label>
                <CodeField id="lock-code" describedBy="lock-fault" any />
              </>
            )}
            <button type="submit">{words.say('lock.go')}</button>
          </form>
          <p class="soft small">
            <a href="/console/sign-in">{words.say('lock.other')}</a>
          </p>
        </div>
      </section>
    </>
  );
}
