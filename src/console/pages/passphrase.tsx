import type { Words } from '../words.js';
import { Fault, FormToken, NewPassphraseFields } from './parts.js';

/** Another passphrase for the same account. */
export function PassphrasePage(props: {
  words: Words;
  signInName: string;
  csrfToken: string;
  fault?: string;
}) {
  const { words, signInName, csrfToken, fault } = props;
  return (
    <section class="narrow card">
      <h1>{words.say('passphrase.title')}</h1>
      <p>{words.say('passphrase.lead')}</p>
      {fault !== undefined && <Fault id="passphrase-fault" text={fault} />}
      <form method="post" action="/console/passphrase">
        <FormToken value={csrfToken} />
        <input type="hidden" name="username" value={signInName} autocomplete="username" />
        <label for="current">{words.say('passphrase.current')}</label>
        <input
          id="current"
          name="current"
          type="password"
          autocomplete="current-password"
          required
          maxLength={400}
        />
        <NewPassphraseFields
          words={words}
          label={words.say('passphrase.new')}
          faultId={fault === undefined ? undefined : 'passphrase-fault'}
        />
        <button type="submit">{words.say('passphrase.go')}</button>
      </form>
    </section>
  );
}
