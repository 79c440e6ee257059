import { inGroups } from '../../staff/recovery-codes.js';
import type { Words } from '../words.js';

/** Ten codes, shown this once, to print or write down. */
export function RecoveryCodesPage(props: { words: Words; codes: readonly string[]; signInName: string }) {
  const { words, codes, signInName } = props;
  return (
    <section class="narrow card">
      <h1>{words.say('recovery_codes.title')}</h1>
      <p>{words.say('recovery_codes.body')}</p>
      <p class="soft small">
        {words.say('recovery_codes.of', { name: signInName, at: words.moment(new Date(words.now)) })}
      </p>
      <ol class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{inGroups(code)}</code>
          </li>
        ))}
      </ol>
      <p>{words.say('recovery_codes.keep')}</p>
      <div class="buttons">
        <button type="button" class="second" data-print>
          {words.say('recovery_codes.print')}
        </button>
        <a class="button" href="/console">
          {words.say('recovery_codes.done')}
        </a>
      </div>
    </section>
  );
}
