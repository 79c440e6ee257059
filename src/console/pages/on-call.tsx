import type { Directory } from '../../directory/directory.js';
import type { OnCallContact } from '../../staff/on-call.js';
import type { StaffMember } from '../../staff/staff.js';
import type { Words } from '../words.js';
import { Fault, FormToken } from './parts.js';

interface OnCallProps {
  words: Words;
  directory: Directory;
  members: readonly StaffMember[];
  contacts: readonly OnCallContact[];
  csrfToken: string;
  /** An address that was not taken, as it was typed. */
  refused?: { agencyId: string; url: string };
}

/** Agency by agency: who is rung when an urgent case comes, and who could be. */
export function OnCallPage(props: OnCallProps) {
  const { words, members, contacts } = props;
  const agencyIds = new Set(
    [...members.filter(({ disabled }) => !disabled), ...contacts].flatMap(({ agencyId }) => agencyId ?? []),
  );
  return (
    <>
      <h1>{words.say('on_call.title')}</h1>
      <p class="soft">{words.say('on_call.about')}</p>
      {agencyIds.size === 0 && <p class="empty card">{words.say('on_call.no_agencies')}</p>}
      <div class="people">
        {[...agencyIds].sort().map((agencyId) => (
          <AgencyOnCall key={agencyId} agencyId={agencyId} {...props} />
        ))}
      </div>
    </>
  );
}

function AgencyOnCall(props: OnCallProps & { agencyId: string }) {
  const { words, directory, members, contacts, csrfToken, agencyId, refused } = props;
  const here = contacts.filter((contact) => contact.agencyId === agencyId);
  const canBeRung = here.some(({ member, host }) => host !== undefined || member?.channel !== undefined);
  const free = members.filter(
    ({ id, disabled, agencyId: of }) =>
      of === agencyId && !disabled && !here.some(({ member }) => member?.staffId === id),
  );
  const fault = refused?.agencyId === agencyId ? refused : undefined;
  const field = `url-${agencyId}`;
  return (
    <section class="card" aria-labelledby={`agency-${agencyId}`}>
      <h2 id={`agency-${agencyId}`}>{directory.agency(agencyId)?.name ?? agencyId}</h2>
      {!canBeRung && <p class="hint">{words.say('on_call.nobody')}</p>}
      <ul class="on-call">
        {here.map((contact) => (
          <Contact key={contact.id} contact={contact} words={words} csrfToken={csrfToken} />
        ))}
      </ul>
      {free.length > 0 && (
        <form method="post" action="/console/on-call/members">
          <FormToken value={csrfToken} />
          <label for={`staff-${agencyId}`}>{words.say('on_call.member')}</label>
          <div class="search">
            <select id={`staff-${agencyId}`} name="staff_id" required>
              {free.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
            <button type="submit" class="second">
              {words.say('on_call.add')}
            </button>
          </div>
        </form>
      )}
      {/* Refused, the page opens at the message, however long the list is; else there is no such place, and it opens at its head. */}
      <form method="post" action={`/console/on-call/webhooks#${field}-fault`}>
        <FormToken value={csrfToken} />
        <input type="hidden" name="agency" value={agencyId} />
        {fault && <Fault id={`${field}-fault`} text={words.say('on_call.bad_url')} />}
        <label for={field}>{words.say('on_call.webhook')}</label>
        <div class="search">
          <input
            id={field}
            name="url"
            type="url"
            required
            maxLength={500}
            value={fault?.url ?? ''}
            placeholder="https://"
            autocomplete="off"
            aria-describedby={fault && `${field}-fault`}
          />
          <button type="submit" class="second">
            {words.say('on_call.add')}
          </button>
        </div>
      </form>
    </section>
  );
}

function Contact({ contact, words, csrfToken }: { contact: OnCallContact; words: Words; csrfToken: string }) {
  const { id, member, host } = contact;
  const name = member?.name ?? host ?? '';
  const way =
    member === undefined
      ? words.say('on_call.by_webhook')
      : member.channel === undefined
        ? words.say('on_call.not_bound')
        : (words.ifKnown(`talk.channel.${member.channel}`) ?? member.channel);
  return (
    <li>
      <span>
        {name} <span class="soft small">{way}</span>
      </span>
      <form method="post" action="/console/on-call/remove">
        <FormToken value={csrfToken} />
        <input type="hidden" name="id" value={id} />
        <button type="submit" class="second" aria-label={words.say('on_call.remove_whom', { name })}>
          {words.say('on_call.remove')}
        </button>
      </form>
    </li>
  );
}
