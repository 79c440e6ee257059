import type { Agency, Directory } from '../../directory/directory.js';
import type { SecondStepNote } from '../../staff/second-step.js';
import type { Role, StaffMember } from '../../staff/staff.js';
import { ROLES } from '../../staff/staff.js';
import type { ChannelAlarm } from '../deps.js';
import type { Words } from '../words.js';
import { Fault, FormToken } from './parts.js';

interface PeopleProps {
  words: Words;
  directory: Directory;
  members: readonly StaffMember[];
  alarms: readonly ChannelAlarm[];
  /** Absent in the demo, where nobody needs a second step. */
  notes: ReadonlyMap<string, SecondStepNote> | undefined;
  /** An administrator; a lead sees colleagues and can end their sessions. */
  mayManage: boolean;
  /** Reports that nobody can open but with the recovery key. */
  sealedAway: number;
  myId: string;
  csrfToken: string;
}

/** Everybody with an account, and what an administrator can do about it. */
export function PeoplePage(props: PeopleProps) {
  const { words, members, alarms, mayManage, sealedAway } = props;
  return (
    <>
      {sealedAway > 0 && (
        <p class="fault" role="alert">
          {words.say('people.sealed_away', { n: sealedAway })}
        </p>
      )}
      {alarms.map(({ channel, code, since }) => (
        <p key={channel} class="fault" role="alert">
          {words.say('people.alarm', {
            channel: words.ifKnown(`talk.channel.${channel}`) ?? channel,
            code,
            at: words.moment(since),
          })}
        </p>
      ))}
      <div class="page-head">
        <h1>{words.say('people.title')}</h1>
        {mayManage && (
          <a class="button" href="/console/people/invite">
            {words.say('people.invite')}
          </a>
        )}
      </div>
      <p class="soft">{words.say(mayManage ? 'people.no_cases' : 'people.for_leads')}</p>
      <ul class="people">
        {members.map((member) => (
          <Person key={member.id} member={member} {...props} />
        ))}
      </ul>
    </>
  );
}

function Person(props: PeopleProps & { member: StaffMember }) {
  const { member, words, directory, notes, mayManage, myId, csrfToken } = props;
  const agency = member.agencyId === undefined ? undefined : directory.agency(member.agencyId);
  const state = member.disabled ? 'disabled' : member.passphraseHash === undefined ? 'invited' : 'active';
  const acts = [
    ...(state === 'active' ? ['sign-out'] : []),
    ...(mayManage && !member.disabled ? ['link'] : []),
    ...(mayManage && state === 'active' && notes ? ['reset-link'] : []),
    ...(mayManage ? [member.disabled ? 'enable' : 'disable'] : []),
  ];
  return (
    <li class="card person">
      <div>
        <h2>{member.name}</h2>
        <p class="soft">
          {member.signInName} · {words.say(`role.${member.role}`)}
          {agency && ` · ${agency.name}`}
        </p>
        {notes && state === 'active' && <SecondStepLine words={words} note={notes.get(member.id)} />}
      </div>
      <span class={`tag tag-${state}`}>{words.say(`people.state.${state}`)}</span>
      {member.id !== myId && (
        <div class="buttons">
          {acts.map((act) => (
            <PersonAct key={act} words={words} member={member} act={act} csrfToken={csrfToken} />
          ))}
        </div>
      )}
    </li>
  );
}

/** Whether the second step is set, and whether somebody took it away: an administrator must not be able to do so unseen. */
function SecondStepLine({ words, note }: { words: Words; note: SecondStepNote | undefined }) {
  return (
    <p class="soft small">
      {words.say(note?.isSet ? 'people.second_step.set' : 'people.second_step.none')}
      {note?.resetAt && ` · ${words.say('people.second_step.reset', { at: words.moment(note.resetAt) })}`}
      {note?.resetWaits && ` · ${words.say('people.second_step.reset_waits')}`}
    </p>
  );
}

function PersonAct(props: { words: Words; member: StaffMember; act: string; csrfToken: string }) {
  const { words, member, act, csrfToken } = props;
  const key = act.replace('-', '_');
  return (
    <form method="post" action={`/console/people/${member.id}/${act}`}>
      <FormToken value={csrfToken} />
      <button
        type="submit"
        class="second"
        aria-label={words.say(`people.${key}_whom`, { name: member.name })}
      >
        {words.say(`people.${key}`)}
      </button>
    </form>
  );
}

/** The form as it was last filled in. */
export interface InviteForm {
  readonly name: string;
  readonly signInName: string;
  readonly role: Role | '';
  readonly agencySearch: string;
  readonly agencyId: string;
}

/** Adds a member. Agencies are searched by name; without scripts the search button does the same. */
export function InvitePage(props: {
  words: Words;
  form: InviteForm;
  found: readonly Agency[];
  fault?: string;
  csrfToken: string;
}) {
  const { words, form, found, fault, csrfToken } = props;
  return (
    <section class="narrow card">
      <h1>{words.say('invite.title')}</h1>
      {fault !== undefined && <Fault id="invite-fault" text={fault} />}
      <form method="post" action="/console/people/invite" aria-describedby={fault && 'invite-fault'}>
        <FormToken value={csrfToken} />
        <label for="name">{words.say('invite.name')}</label>
        <input id="name" name="name" value={form.name} required maxLength={80} autocomplete="off" />
        <label for="sign-in-name">{words.say('people.sign_in_name')}</label>
        <p class="soft small" id="sign-in-tips">
          {words.say('invite.sign_in_tips')}
        </p>
        <input
          id="sign-in-name"
          name="sign_in_name"
          value={form.signInName}
          required
          maxLength={40}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby="sign-in-tips"
        />
        <fieldset>
          <legend>{words.say('people.role')}</legend>
          {ROLES.map((role) => (
            <label key={role} class="choice">
              <input type="radio" name="role" value={role} required checked={form.role === role} />
              <span>
                {words.say(`role.${role}`)} <span class="soft small">{words.say(`role_is.${role}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <label for="agency-search">{words.say('invite.agency')}</label>
        <p class="soft small" id="agency-tips">
          {words.say('invite.agency_tips')}
        </p>
        <div class="search">
          <input
            id="agency-search"
            name="agency_search"
            type="search"
            value={form.agencySearch}
            maxLength={80}
            autocomplete="off"
            aria-describedby="agency-tips"
            hx-post="/console/people/invite"
            hx-vals='{"step":"search"}'
            hx-trigger="input changed delay:300ms"
            hx-select="#agencies"
            hx-target="#agencies"
            hx-swap="outerHTML"
            hx-sync="this:replace"
          />
          <button type="submit" name="step" value="search" class="second" formNoValidate>
            {words.say('invite.search')}
          </button>
        </div>
        <AgencyChoices words={words} form={form} found={found} />
        <button type="submit">{words.say('invite.go')}</button>
      </form>
    </section>
  );
}

function AgencyChoices({ words, form, found }: { words: Words; form: InviteForm; found: readonly Agency[] }) {
  return (
    <fieldset id="agencies" class="agencies">
      <legend class="unseen">{words.say('people.agency')}</legend>
      {found.length === 0 && form.agencySearch !== '' && <p class="soft">{words.say('invite.none_found')}</p>}
      {found.map((agency) => (
        <label key={agency.id} class="choice">
          <input type="radio" name="agency" value={agency.id} checked={form.agencyId === agency.id} />
          {agency.name}
        </label>
      ))}
    </fieldset>
  );
}

/** The one-time link, shown this once. */
export function LinkPage(props: { words: Words; name: string; link: string; hours: number }) {
  const { words, name, link, hours } = props;
  return (
    <section class="narrow card">
      <h1>{words.say('link.title', { name })}</h1>
      <p>{words.say('link.body', { hours })}</p>
      <label for="link">{words.say('link.label')}</label>
      <div class="search">
        <input id="link" value={link} readOnly data-select />
        <button type="button" class="second" data-copy="link" hidden>
          {words.say('link.copy')}
        </button>
      </div>
      <p class="soft">{words.say('link.once')}</p>
      <p>
        <a class="button" href="/console/people">
          {words.say('link.done')}
        </a>
      </p>
    </section>
  );
}
