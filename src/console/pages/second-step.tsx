import type { ComponentChildren } from 'preact';
import type { Refusal } from '../check-second-step.js';
import type { Words } from '../words.js';
import { Fault, FormToken } from './parts.js';

interface SecondStepProps {
  words: Words;
  /** A page of the console to go on to. */
  next: string;
  refusal: Refusal | undefined;
  csrfToken: string;
}

/** Asks for the code of the app; whoever has no telephone at hand uses a recovery code. */
export function SecondStepPage(props: SecondStepProps) {
  const { words, refusal } = props;
  const described = refusal && 'code-fault';
  return (
    <section class="narrow card">
      <h1>{words.say('second_step.title')}</h1>
      <p>{words.say('second_step.lead')}</p>
      {refusal && <Fault id="code-fault" text={refusal.fault} />}
      <CodeForm {...props}>
        <label for="code">{words.say('second_step.code')}</label>
        <CodeField id="code" describedBy={described} />
      </CodeForm>
      <details open={refusal?.onPaper === true}>
        <summary>{words.say('second_step.no_phone')}</summary>
        <p>{words.say('second_step.recovery_lead')}</p>
        <CodeForm {...props}>
          <label for="recovery-code">{words.say('second_step.recovery_code')}</label>
          <CodeField id="recovery-code" describedBy={described} any />
        </CodeForm>
        <p class="soft small">{words.say('second_step.lost_all')}</p>
      </details>
    </section>
  );
}

function CodeForm(props: SecondStepProps & { children: ComponentChildren }) {
  const { words, next, csrfToken, children } = props;
  return (
    <form method="post" action="/console/second-step">
      <FormToken value={csrfToken} />
      <input type="hidden" name="next" value={next} />
      {children}
      <button type="submit">{words.say('second_step.go')}</button>
    </form>
  );
}

/** Where a code is typed: six digits, or with `any` also a recovery code. */
export function CodeField(props: { id: string; describedBy: string | undefined; any?: boolean }) {
  const { id, describedBy, any } = props;
  return (
    <input
      id={id}
      name="code"
      class="code"
      required
      maxLength={30}
      autocomplete={any ? 'off' : 'one-time-code'}
      autocapitalize="none"
      spellcheck={false}
      aria-describedby={describedBy}
      {...(!any && { inputMode: 'numeric' as const })}
    />
  );
}
