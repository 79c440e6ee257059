import type { Directory } from '../../directory/directory.js';
import type { KeyStanding, WaitingMember } from '../../staff/keyring.js';
import type { Words } from '../words.js';
import { Fault, FormToken } from './parts.js';

interface KeysProps {
  words: Words;
  directory: Directory;
  standing: KeyStanding;
  csrfToken: string;
  /** The recovery key as typed was wrong. */
  fault?: string;
}

/** Who can open the agency's cases, who waits to be let in, what waits for the recovery key, and changing the key. */
export function KeysPage(props: KeysProps) {
  const { words, standing, csrfToken } = props;
  return (
    <>
      <div class="page-head">
        <h1>{words.say('keys.title')}</h1>
        <p class="soft">{words.say('keys.lead')}</p>
      </div>
      <div class="people">
        <KeysNow {...props} />
        {standing.held && <Waiting {...props} />}
        {(!standing.held || standing.reportsWaiting > 0 || props.fault !== undefined) && (
          <Recovery {...props} />
        )}
        {standing.held && standing.moving === undefined && (
          <section class="card">
            <h2>{words.say('keys.change.title')}</h2>
            <p>{words.say('keys.change.lead')}</p>
            <form method="post" action="/console/keys/change">
              <FormToken value={csrfToken} />
              <button type="submit" class="second">
                {words.say('keys.change.go')}
              </button>
            </form>
          </section>
        )}
      </div>
    </>
  );
}

/** How it stands just now; renews itself while something works in the background. */
export function KeysNow({ words, directory, standing }: Omit<KeysProps, 'csrfToken'>) {
  const { held, madeAt, helpers, moving, reportsWaiting, recovering } = standing;
  const atWork = recovering || moving?.working === true;
  const renew = atWork
    ? { 'hx-get': '/console/keys/live', 'hx-trigger': 'every 2s', 'hx-swap': 'outerHTML' }
    : {};
  return (
    <section id="keys-now" class="card" aria-live="polite" {...renew}>
      {held ? (
        <p>
          {words.say('keys.held')} {madeAt && words.say('keys.held_since', { at: words.moment(madeAt) })}
        </p>
      ) : (
        <NotHeld {...{ words, directory, helpers, hasKey: madeAt !== undefined }} />
      )}
      {moving && (
        <p>{words.say(moving.working ? 'keys.change.working' : 'keys.change.stopped', { n: moving.left })}</p>
      )}
      {recovering && <p>{words.say('keys.recovery.working', { n: reportsWaiting })}</p>}
      {atWork && (
        <p>
          <a href="/console/keys">{words.say('keys.look_again')}</a>
        </p>
      )}
    </section>
  );
}

function NotHeld(props: {
  words: Words;
  directory: Directory;
  helpers: KeyStanding['helpers'];
  hasKey: boolean;
}) {
  const { words, directory, helpers, hasKey } = props;
  if (!hasKey) return <p>{words.say('keys.no_key')}</p>;
  return (
    <>
      <h2>{words.say('keys.not_held')}</h2>
      <p>{words.say(helpers.length === 0 ? 'keys.ask_nobody' : 'keys.ask')}</p>
      {helpers.length > 0 && (
        <ul>
          {helpers.map(({ name, agencyId }) => (
            <li key={name}>
              {words.say('keys.helper', { name, agency: directory.agency(agencyId)?.name ?? agencyId })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Waiting({ words, directory, standing, csrfToken }: KeysProps) {
  return (
    <section class="card">
      <h2>{words.say('keys.waiting.title')}</h2>
      {standing.waiting.length === 0 ? (
        <p class="soft">{words.say('keys.waiting.none')}</p>
      ) : (
        <>
          <p>{words.say('keys.waiting.lead')}</p>
          <ul class="people">
            {standing.waiting.map((member) => (
              <WaitingOne key={member.id} {...{ words, directory, member, csrfToken }} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function WaitingOne(props: { words: Words; directory: Directory; member: WaitingMember; csrfToken: string }) {
  const { words, directory, member, csrfToken } = props;
  return (
    <li class="person">
      <div>
        <h3>{member.name}</h3>
        <p class="soft">
          {words.say('keys.waiting.since', {
            role: words.say(`role.${member.role}`),
            agency: directory.agency(member.agencyId)?.name ?? member.agencyId,
            at: words.moment(member.since),
          })}
        </p>
      </div>
      <form method="post" action={`/console/keys/let-in/${member.id}`}>
        <FormToken value={csrfToken} />
        <button type="submit" aria-label={words.say('keys.waiting.go_whom', { name: member.name })}>
          {words.say('keys.waiting.go')}
        </button>
      </form>
    </li>
  );
}

function Recovery({ words, standing, csrfToken, fault }: KeysProps) {
  return (
    <section class="card">
      <h2>{words.say('keys.recovery.title')}</h2>
      {standing.reportsWaiting > 0 && (
        <p>
          <strong>{words.say('keys.recovery.reports', { n: standing.reportsWaiting })}</strong>{' '}
          {words.say('keys.recovery.stopped')}
        </p>
      )}
      {!standing.held && <p>{words.say('keys.recovery.member')}</p>}
      {fault !== undefined && <Fault id="recovery-fault" text={fault} />}
      <form method="post" action="/console/keys/recovery">
        <FormToken value={csrfToken} />
        <label for="recovery-key">{words.say('keys.recovery.label')}</label>
        <p class="soft small" id="recovery-tips">
          {words.say('keys.recovery.tips')}
        </p>
        <textarea
          id="recovery-key"
          name="recovery_key"
          rows={3}
          required
          maxLength={400}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby={fault === undefined ? 'recovery-tips' : 'recovery-fault recovery-tips'}
        />
        <button type="submit">{words.say('keys.recovery.go')}</button>
      </form>
    </section>
  );
}

/** A case of the agency that does not open for this member: for whom it is sealed, and what to do. */
export function SealedCase(props: { words: Words; agencies: readonly string[]; keptText: string }) {
  const { words, agencies, keptText } = props;
  return (
    <section class="narrow card">
      <h1>{words.say('keys.sealed.title')}</h1>
      {agencies.length === 0 ? (
        <p>{words.say('keys.sealed.nobody')}</p>
      ) : (
        <>
          <p>{words.say('keys.sealed.for')}</p>
          <ul>
            {agencies.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      )}
      <p>{words.say('keys.sealed.next')}</p>
      {keptText !== '' && (
        <>
          <label for="kept">{words.say('message.kept')}</label>
          <textarea id="kept" rows={6} readOnly>
            {keptText}
          </textarea>
        </>
      )}
      <p>
        <a class="button" href="/console/keys">
          {words.say('keys.sealed.go')}
        </a>
      </p>
    </section>
  );
}
