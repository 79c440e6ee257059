import type { StaffMember } from '../../staff/staff.js';
import type { Words } from '../words.js';
import { Fault, NewPassphraseFields } from './parts.js';

/** A one-time link: whom it is for, and choosing a passphrase. The form posts to its own address. */
export function StartPage(props: { words: Words; member: StaffMember; agencyName?: string; fault?: string }) {
  const { words, member, agencyName, fault } = props;
  return (
    <section class="narrow card">
      <h1>{words.say('start.title', { name: member.name })}</h1>
      <dl class="facts">
        <dt>{words.say('people.sign_in_name')}</dt>
        <dd>{member.signInName}</dd>
        <dt>{words.say('people.role')}</dt>
        <dd>{words.say(`role.${member.role}`)}</dd>
        {agencyName !== undefined && (
          <>
            <dt>{words.say('people.agency')}</dt>
            <dd>{agencyName}</dd>
          </>
        )}
      </dl>
      <p>{words.say('start.not_you')}</p>
      {fault !== undefined && <Fault id="start-fault" text={fault} />}
      <form method="post">
        <input type="hidden" name="username" value={member.signInName} autocomplete="username" />
        <NewPassphraseFields
          words={words}
          label={words.say('start.passphrase')}
          faultId={fault === undefined ? undefined : 'start-fault'}
        />
        <button type="submit">{words.say('start.go')}</button>
      </form>
    </section>
  );
}
