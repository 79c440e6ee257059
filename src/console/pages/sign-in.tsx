import type { Words } from '../words.js';
import { Fault } from './parts.js';

/** Name and passphrase. `next` is a page of the console to go on to. */
export function SignInPage(props: {
  words: Words;
  signInName: string;
  next: string;
  /** The demo: says that no code is asked. */
  secondStepOff: boolean;
  fault?: string;
}) {
  const { words, signInName, next, secondStepOff, fault } = props;
  const described = fault === undefined ? undefined : 'sign-in-fault';
  return (
    <section class="narrow card">
      <h1>{words.say('sign_in.title')}</h1>
      <p class="soft">{words.say('sign_in.lead')}</p>
      {secondStepOff && <p class="hint">{words.say('sign_in.second_step_off')}</p>}
      {fault !== undefined && <Fault id="sign-in-fault" text={fault} />}
      <form method="post" action="/console/sign-in">
        <input type="hidden" name="next" value={next} />
        <label for="sign-in-name">{words.say('sign_in.name')}</label>
        <input
          id="sign-in-name"
          name="sign_in_name"
          value={signInName}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          maxLength={60}
          aria-describedby={described}
        />
        <label for="passphrase">{words.say('sign_in.passphrase')}</label>
        <input
          id="passphrase"
          name="passphrase"
          type="password"
          autocomplete="current-password"
          required
          maxLength={400}
          aria-describedby={described}
        />
        <button type="submit">{words.say('sign_in.go')}</button>
      </form>
      <p class="soft small">{words.say('sign_in.help')}</p>
    </section>
  );
}
