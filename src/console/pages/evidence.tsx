import type { Directory } from '../../directory/directory.js';
import type { EvidenceFile, Look, LookAim } from '../../reports/evidence/desk.js';
import { OPENING_REASONS, REASON_LENGTH } from '../../reports/evidence/rules.js';
import type { Words } from '../words.js';
import { metadataNote, typeAndSize } from './case-evidence.js';
import { Fault, FormToken, Moment } from './parts.js';

/** A reason that was not taken: for which form, why, and what was chosen and written. */
export interface RefusedReason {
  readonly aim: LookAim;
  readonly fault: string;
  readonly reason: string;
  readonly text: string;
}

interface EvidenceProps {
  words: Words;
  directory: Directory;
  at: { readonly caseId: string; readonly fileId: string };
  file: EvidenceFile;
  /** Reasons in words of those who ask, by the id of their look. */
  reasons: ReadonlyMap<string, string>;
  refused?: RefusedReason | undefined;
  staffId: string;
  /** The agency above whose leads can agree as well. */
  above?: string | undefined;
  /** An open page asks for what is new. */
  renews: boolean;
  mayTakeOriginal: boolean;
  csrfToken: string;
}

const addressOf = ({ at }: Pick<EvidenceProps, 'at'>): string =>
  `/console/cases/${at.caseId}/evidence/${at.fileId}`;

/** Everything about one file: its facts, the way to open it, who opened it. */
export function EvidencePage(props: EvidenceProps) {
  const { words, at, file } = props;
  const { fact, caseNumber } = file;
  return (
    <article class="narrow evidence-page">
      <p class="back">
        <a href={`/console/cases/${at.caseId}`}>{words.say('evidence.back', { number: caseNumber })}</a>
      </p>
      <section class="card">
        <h1>{words.say(`evidence.media.${fact.media}`)}</h1>
        <p class="soft">{typeAndSize(words, fact)}</p>
        {fact.quarantined && <Quarantined {...props} />}
      </section>
      <Asks {...props} />
      <Opening {...props} />
      <EvidenceFacts {...props} />
      <Originals {...props} />
      <Quarantine {...props} />
      <Looks {...props} />
    </article>
  );
}

/** What staff must know before they touch it. */
function Quarantined(props: EvidenceProps) {
  const { words } = props;
  return (
    <div class="fault">
      <p>
        <strong>{words.say('evidence.quarantine.title')}</strong>
      </p>
      <p>{words.say('evidence.quarantine.rules')}</p>
      <OrAbove {...props} />
      <p class="small">{words.say('evidence.quarantine.law')}</p>
    </div>
  );
}

/** Where nobody else of the own agency is there. */
function OrAbove({ words, directory, above }: EvidenceProps) {
  const agency = above === undefined ? undefined : directory.agency(above)?.name;
  return agency === undefined ? null : <p>{words.say('above.or_above', { agency })}</p>;
}

function EvidenceFacts(props: EvidenceProps) {
  const { words, file } = props;
  const { fact } = file;
  return (
    <section class="card" aria-labelledby="file-facts-title">
      <h2 id="file-facts-title">{words.say('evidence.facts')}</h2>
      <dl class="facts">
        <dt>{words.say('evidence.fact.received')}</dt>
        <dd>
          <Moment at={fact.receivedAt} words={words} />
        </dd>
        {fact.sha256 !== undefined && (
          <>
            <dt>{words.say('evidence.sha256')}</dt>
            <dd class="hash">{fact.sha256}</dd>
          </>
        )}
        <dt>{words.say('evidence.fact.metadata')}</dt>
        <dd>{fact.metadata.length > 0 ? metadataNote(words, fact) : words.say('evidence.metadata_none')}</dd>
      </dl>
      <p>
        <a href={`${addressOf(props)}/note`}>{words.say('evidence.to_note')}</a>
      </p>
    </section>
  );
}

/** Who waits for a second person. For whoever asks it renews itself, and says when the answer is there; the rest of the page stays. */
function Asks(props: EvidenceProps) {
  const { words, file, reasons, staffId, renews, csrfToken } = props;
  const asked = file.looks.filter((look) => look.state === 'asked');
  const isWaiting = asked.some((look) => look.by.staffId === staffId);
  const renewal = {
    'hx-get': `${addressOf(props)}/live`,
    'hx-trigger': 'every 5s',
    'hx-select': '#asks',
    'hx-swap': 'outerHTML',
  };
  return (
    <div id="asks" aria-live="polite" {...(isWaiting ? renewal : {})}>
      {renews && !isWaiting && (
        <section class="card">
          <p>
            <a class="button" href={addressOf(props)}>
              {words.say('evidence.go_on')}
            </a>
          </p>
        </section>
      )}
      {asked.map((look) => (
        <section key={look.id} class="card">
          <h2>{words.say(`evidence.asks.${look.aim}`, { name: look.by.name })}</h2>
          <p>{words.say(`evidence.reason.${look.reason}`)}</p>
          {reasons.has(look.id) && <blockquote class="words">{reasons.get(look.id)}</blockquote>}
          <p class="soft small">{words.say('evidence.asks_until', { until: words.moment(look.until) })}</p>
          {look.by.staffId === staffId ? (
            <>
              <p class="hint">{words.say('evidence.wait_for_second')}</p>
              <OrAbove {...props} />
            </>
          ) : (
            <form method="post" action={`${addressOf(props)}/agree`}>
              <FormToken value={csrfToken} />
              <input type="hidden" name="look" value={look.id} />
              <p class="soft small">{words.say('evidence.agree_means')}</p>
              <button type="submit">{words.say('evidence.agree')}</button>
            </form>
          )}
        </section>
      ))}
    </div>
  );
}

const isOpen = ({ words, file, staffId }: EvidenceProps, aim: LookAim): Look | undefined =>
  file.looks.find(
    (look) =>
      look.aim === aim &&
      look.state === 'open' &&
      look.by.staffId === staffId &&
      look.until.getTime() > words.now,
  );

const isAsked = ({ file, staffId }: EvidenceProps, aim: LookAim): boolean =>
  file.looks.some((look) => look.aim === aim && look.state === 'asked' && look.by.staffId === staffId);

/** The picture or the sound, once there is a reason; the form for it before. */
function Opening(props: EvidenceProps) {
  const { words, file } = props;
  const { showing } = file.fact;
  const open = isOpen(props, 'copy');
  if (showing === 'nothing')
    return (
      <section class="card">
        <p>{words.say('evidence.not_shown')}</p>
      </section>
    );
  if (open)
    return (
      <section class="card">
        {showing === 'picture' ? (
          <img
            class="evidence-picture"
            src={`${addressOf(props)}/copy`}
            alt={words.say('evidence.copy_alt')}
          />
        ) : (
          // biome-ignore lint/a11y/useMediaCaption: nobody has written down what a voice message says
          <audio
            class="evidence-sound"
            controls
            preload="metadata"
            src={`${addressOf(props)}/copy`}
            aria-label={words.say('evidence.media.voice')}
          />
        )}
        <p class="soft small">{words.say('evidence.open_until', { until: words.moment(open.until) })}</p>
      </section>
    );
  if (isAsked(props, 'copy')) return null;
  return (
    <section class="card">
      <h2>{words.say(`evidence.open_title.${showing}`)}</h2>
      <ReasonForm {...props} aim="copy" path="open" button={words.say(`evidence.open.${showing}`)} />
    </section>
  );
}

function Originals(props: EvidenceProps) {
  const { words, mayTakeOriginal, csrfToken, refused } = props;
  if (!mayTakeOriginal || isAsked(props, 'original')) return null;
  const button = words.say('evidence.original.button');
  return (
    <details class="card" open={refused?.aim === 'original' || isOpen(props, 'original') !== undefined}>
      <summary>{words.say('evidence.original.title')}</summary>
      <p class="soft small">{words.say('evidence.original.warning')}</p>
      {isOpen(props, 'original') ? (
        <form method="post" action={`${addressOf(props)}/original`}>
          <FormToken value={csrfToken} />
          <button type="submit">{button}</button>
        </form>
      ) : (
        <ReasonForm {...props} aim="original" path="original" button={button} />
      )}
    </details>
  );
}

function Quarantine(props: EvidenceProps) {
  const { words, file, mayTakeOriginal, csrfToken, refused } = props;
  if (!file.fact.quarantined)
    return (
      <details class="card">
        <summary>{words.say('evidence.quarantine.put')}</summary>
        <p>{words.say('evidence.quarantine.put_means')}</p>
        <form method="post" action={`${addressOf(props)}/quarantine`}>
          <FormToken value={csrfToken} />
          <button type="submit">{words.say('evidence.quarantine.put_button')}</button>
        </form>
      </details>
    );
  if (!mayTakeOriginal || isAsked(props, 'release')) return null;
  return (
    <details class="card" open={refused?.aim === 'release'}>
      <summary>{words.say('evidence.quarantine.release')}</summary>
      <p class="soft small">{words.say('evidence.quarantine.release_means')}</p>
      <ReasonForm
        {...props}
        aim="release"
        path="release"
        button={words.say('evidence.quarantine.release_button')}
      />
    </details>
  );
}

/** Asks why. Words are needed for whatever takes more than a look at a clean copy. */
function ReasonForm(props: EvidenceProps & { aim: LookAim; path: string; button: string }) {
  const { words, file, aim, path, button, csrfToken } = props;
  const refused = props.refused?.aim === aim ? props.refused : undefined;
  const inWords = aim !== 'copy' || file.fact.quarantined;
  const id = `reason-${aim}`;
  return (
    <form method="post" action={`${addressOf(props)}/${path}`} aria-describedby={refused && `${id}-fault`}>
      <FormToken value={csrfToken} />
      {refused && <Fault id={`${id}-fault`} text={refused.fault} />}
      <fieldset>
        <legend>{words.say('evidence.why')}</legend>
        {OPENING_REASONS.map((reason) => (
          <label key={reason} class="choice">
            <input type="radio" name="reason" value={reason} required checked={refused?.reason === reason} />
            {words.say(`evidence.reason.${reason}`)}
          </label>
        ))}
      </fieldset>
      <label for={id}>{words.say(inWords ? 'evidence.words_needed' : 'evidence.words_if_other')}</label>
      <textarea id={id} name="text" rows={2} maxLength={REASON_LENGTH.most} required={inWords}>
        {refused?.text ?? ''}
      </textarea>
      <p class="soft small">
        {words.say(file.fact.quarantined ? 'evidence.needs_two' : 'evidence.is_recorded')}
      </p>
      <button type="submit">{button}</button>
    </form>
  );
}

function Looks({ words, directory, file }: EvidenceProps) {
  const opened = file.looks.filter((look) => look.state === 'open');
  return (
    <section class="card" aria-labelledby="looks-title">
      <h2 id="looks-title">{words.say('evidence.looks')}</h2>
      {opened.length === 0 ? (
        <p class="soft">{words.say('evidence.nobody_yet')}</p>
      ) : (
        <ul class="timeline">
          {opened.map((look) => (
            <LookLine key={look.id} {...{ words, directory, look }} />
          ))}
        </ul>
      )}
    </section>
  );
}

export function LookLine(props: { words: Words; directory: Directory; look: Look; printed?: true }) {
  const { words, look, printed } = props;
  const { aim, by, reason, at } = look;
  return (
    <li>
      <span>
        {words.say(`evidence.did.${aim}`, { name: by.name })}
        {secondOf(props)} {words.say(`evidence.reason.${reason}`)}.
      </span>
      {printed ? <span class="soft">{words.dated(at)}</span> : <Moment at={at} words={words} />}
    </li>
  );
}

/** Who agreed, with their agency where it is the level above. */
function secondOf(props: { words: Words; directory: Directory; look: Look }): string {
  const { words, directory, look } = props;
  const { agreedBy: name, agreedFrom } = look;
  if (name === undefined) return '';
  if (agreedFrom === undefined) return ` ${words.say('evidence.second', { name })}`;
  const agency = directory.agency(agreedFrom)?.name ?? agreedFrom;
  return ` ${words.say('evidence.second_above', { name, agency })}`;
}
