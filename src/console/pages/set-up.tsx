import { inGroups } from '../../staff/recovery-codes.js';
import type { Words } from '../words.js';
import { Fault, FormToken } from './parts.js';
import { QrCode } from './qr-code.js';
import { CodeField } from './second-step.js';

/**
 * Setting up the authenticator app: a code to scan, the same as text to type, and the first code as proof. Without
 * `secret` (a wrong first code where it may not be shown again) only the last step.
 */
export function SetUpPage(props: {
  words: Words;
  action: string;
  secret?: string;
  /** What the QR code holds. */
  address?: string;
  fault: string | undefined;
  csrfToken: string;
}) {
  const { words, action, secret, address, fault, csrfToken } = props;
  return (
    <section class="narrow card set-up">
      <h1>{words.say('set_up.title')}</h1>
      <p>{words.say('set_up.why')}</p>
      {fault !== undefined && <Fault id="code-fault" text={fault} />}
      {secret === undefined || address === undefined ? (
        <p>
          {words.say('set_up.once')} <a href="/console/account">{words.say('set_up.again')}</a>
        </p>
      ) : (
        <ol>
          <li>{words.say('set_up.install')}</li>
          <li>
            {words.say('set_up.scan')}
            <QrCode text={address} label={words.say('set_up.qr')} />
            <details>
              <summary>{words.say('set_up.cannot_scan')}</summary>
              <p>{words.say('set_up.type')}</p>
              <p class="secret" id="secret">
                {inGroups(secret)}
              </p>
            </details>
          </li>
          <li>{words.say('set_up.first_code')}</li>
        </ol>
      )}
      <form method="post" action={action}>
        <FormToken value={csrfToken} />
        <label for="code">{words.say('second_step.code')}</label>
        <CodeField id="code" describedBy={fault && 'code-fault'} />
        <button type="submit">{words.say('set_up.go')}</button>
      </form>
    </section>
  );
}
