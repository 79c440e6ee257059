import type { StaffMember } from '../../staff/staff.js';
import { PASSPHRASE_MIN } from '../passphrase.js';
import type { Words } from '../words.js';
import { Fault, NewPassphraseField } from './parts.js';

/** A one-time link: whom it is for, and choosing a passphrase. The form posts to its own address. */
export function StartPage(props: { words: Words; member: StaffMember; agencyName?: string; fault?: string }) {
  const { words, member, agencyName, fault } = props;
  const described = fault === undefined ? 'passphrase-tips' : 'start-fault passphrase-tips';
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
        <label for="passphrase">{words.say('start.passphrase')}</label>
        <p class="soft small" id="passphrase-tips">
          {words.say('start.tips', { min: PASSPHRASE_MIN })}
        </p>
        <NewPassphraseField id="passphrase" describedBy={described} />
        <label for="repeated">{words.say('start.repeated')}</label>
        <NewPassphraseField id="repeated" describedBy={described} />
        <button type="submit">{words.say('start.go')}</button>
      </form>
    </section>
  );
}
