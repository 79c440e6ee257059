import type { CaseMessage } from '../../reports/case.js';
import { CASE_OUTCOMES } from '../../reports/case.js';
import { REPLY_MAX } from '../reply.js';
import { turnOf } from '../turn.js';
import type { Words } from '../words.js';
import type { CaseProps } from './case-props.js';
import { Fault, FormToken, Moment, outOfBand } from './parts.js';

/** Whose turn it is, and the button when the turn is to take the case. */
export function TurnBanner(props: CaseProps & { renewed?: boolean }) {
  const { words, file, staffId, csrfToken, renewed } = props;
  const turn = turnOf(file, staffId);
  return (
    <section id="turn" class={`turn turn-${turn}`} aria-live="polite" {...outOfBand(renewed)}>
      <p>
        <strong>{words.say(`turn.${turn}.title`)}</strong> {turnDetail(props, turn)}
      </p>
      {turn === 'take' && (
        <form method="post" action={`/console/cases/${file.id}/take`}>
          <FormToken value={csrfToken} />
          <button type="submit">{words.say('turn.take.button')}</button>
        </form>
      )}
    </section>
  );
}

function turnDetail({ words, file, directory }: CaseProps, turn: string): string {
  if (turn === 'cooperating')
    return words.say('turn.cooperating.detail', { agency: directory.agency(file.agencyId)?.name ?? '' });
  if (turn === 'take') return words.say('turn.take.detail', { left: words.left(file.acceptBy) });
  if (turn === 'colleague') return words.say('turn.colleague.detail', { name: file.takenBy?.name ?? '' });
  if (turn === 'closed')
    return file.outcome === undefined
      ? ''
      : words.say('turn.closed.detail', { outcome: words.say(`outcome.${file.outcome}`) });
  return words.say(`turn.${turn}.detail`);
}

/** The talk with the reporter, oldest first. */
export function Talk(props: CaseProps & { renewed?: boolean }) {
  const { words, file, renewed } = props;
  return (
    <div id="talk" class="talk" role="log" aria-label={words.say('talk.title')} {...outOfBand(renewed)}>
      {file.messages.length === 0 && <p class="soft">{words.say('talk.empty')}</p>}
      {file.messages.map((message) => (
        <Bubble key={message.id} message={message} words={words} />
      ))}
    </div>
  );
}

function Bubble({ message, words }: { message: CaseMessage; words: Words }) {
  const { from, staffName, text, at, seenAt, delivery } = message;
  const fate = seenAt
    ? words.say('talk.seen', { at: words.moment(seenAt) })
    : words.say(delivery === undefined ? 'talk.not_seen' : `talk.delivery.${delivery}`);
  return (
    <div class={`bubble bubble-${from}`}>
      <p class="bubble-who">
        {from === 'reporter' ? words.say('talk.reporter') : (staffName ?? words.say('talk.staff'))}
        {' · '}
        <Moment at={at} words={words} />
      </p>
      <p class="bubble-text">{text}</p>
      {from === 'staff' && <p class={seenAt ? 'bubble-seen' : 'bubble-seen not-yet'}>{fate}</p>}
    </div>
  );
}

/** Sent by htmx when it can be, so that a broken line does not lose what was typed; a plain form otherwise. */
export function ReplyForm({ words, file, csrfToken, messageId, draft, fault }: CaseProps) {
  const action = `/console/cases/${file.id}/reply`;
  return (
    <form
      id="reply"
      class="reply"
      method="post"
      action={action}
      hx-post={action}
      hx-select="#case"
      hx-select-oob="#notice"
      hx-target="#case"
      hx-swap="outerHTML"
      hx-disabled-elt="find button"
    >
      <FormToken value={csrfToken} />
      <input type="hidden" name="message_id" value={messageId} />
      <label for="reply-text">{words.say('reply.label')}</label>
      <p class="soft small" id="reply-tips">
        {words.say('reply.tips')}
      </p>
      {fault !== undefined && <Fault id="reply-fault" text={fault} />}
      <textarea
        id="reply-text"
        name="text"
        rows={4}
        required
        maxLength={REPLY_MAX}
        aria-describedby={fault === undefined ? 'reply-tips' : 'reply-fault reply-tips'}
        data-keep
      >
        {draft ?? ''}
      </textarea>
      <p id="trouble" class="fault" role="alert" hidden />
      <button type="submit">{words.say('reply.send')}</button>
    </form>
  );
}

/** What was typed and may no longer be sent here, to copy. */
export function UnsentReply({ words, draft = '', fault = '' }: CaseProps) {
  return (
    <div class="reply">
      <Fault id="reply-fault" text={fault} />
      <label for="unsent">{words.say('message.kept')}</label>
      <textarea id="unsent" rows={4} readOnly aria-describedby="reply-fault">
        {draft}
      </textarea>
    </div>
  );
}

/** Chooses how it ended; nothing is closed before the next page asks once more. */
export function CloseForm({ words, caseId }: { words: Words; caseId: string }) {
  return (
    <details class="card close">
      <summary>{words.say('close.open')}</summary>
      <form method="get" action={`/console/cases/${caseId}/close`}>
        <fieldset>
          <legend>{words.say('close.how')}</legend>
          {CASE_OUTCOMES.map((outcome) => (
            <label key={outcome} class="choice">
              <input type="radio" name="outcome" value={outcome} required />
              {words.say(`outcome.${outcome}`)}
            </label>
          ))}
        </fieldset>
        <button type="submit" class="second">
          {words.say('close.go_on')}
        </button>
      </form>
    </details>
  );
}

/** Asks once more before closing. */
export function CloseConfirm(props: {
  words: Words;
  caseId: string;
  number: string;
  outcome: string;
  unanswered: boolean;
  csrfToken: string;
}) {
  const { words, caseId, number, outcome, unanswered, csrfToken } = props;
  return (
    <section class="narrow card">
      <h1>{words.say('close.confirm', { number })}</h1>
      <p>{words.say('close.outcome_is', { outcome: words.say(`outcome.${outcome}`) })}</p>
      {unanswered && <p class="fault">{words.say('close.unanswered')}</p>}
      <p class="soft">{words.say('close.what_happens')}</p>
      <form method="post" action={`/console/cases/${caseId}/close`} class="buttons">
        <FormToken value={csrfToken} />
        <input type="hidden" name="outcome" value={outcome} />
        <button type="submit">{words.say('close.do_it')}</button>
        <a class="button second" href={`/console/cases/${caseId}`}>
          {words.say('close.not_yet')}
        </a>
      </form>
    </section>
  );
}
