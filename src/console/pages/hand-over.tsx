import type { Directory } from '../../directory/directory.js';
import type { CaseFile } from '../../reports/case.js';
import { SHEET_DETAILS, SHEET_RECEIVERS, type SheetReceiver } from '../../reports/hand-over.js';
import type { Words } from '../words.js';
import { detailName, detailValue } from './case-facts.js';
import { Fault, FormToken } from './parts.js';
import { placeName } from './place-name.js';

/** Characters of the free field; more does not fit on the sheet. */
export const NOTE_MAX = 4000;

interface HandOverProps {
  words: Words;
  file: CaseFile;
  /** Whether this person handles the case: only then does the sheet carry content. */
  mine: boolean;
}

/** What the sheet shall hold, before it is made. */
export function HandOverForm(props: HandOverProps & { csrfToken: string; note: string; fault?: string }) {
  const { words, file, mine, csrfToken, note, fault } = props;
  return (
    <section class="narrow card">
      <h1>{words.say('sheet.title', { number: file.number })}</h1>
      <p>{words.say('sheet.call_first')}</p>
      <form method="post" action={`/console/cases/${file.id}/sheet`}>
        <FormToken value={csrfToken} />
        {fault !== undefined && <Fault id="sheet-fault" text={fault} />}
        <fieldset aria-describedby={fault === undefined ? undefined : 'sheet-fault'}>
          <legend>{words.say('sheet.to')}</legend>
          {SHEET_RECEIVERS.map((receiver) => (
            <label key={receiver} class="choice">
              <input type="radio" name="to" value={receiver} required />
              {words.say(`sheet.receiver.${receiver}`)}
            </label>
          ))}
        </fieldset>
        {mine ? (
          <fieldset>
            <legend>{words.say('sheet.content')}</legend>
            <label class="choice">
              <input type="checkbox" name="words" value="yes" />
              <span>
                {words.say('sheet.with_words')}
                <span class="soft small">{words.say('sheet.with_words_care')}</span>
              </span>
            </label>
          </fieldset>
        ) : (
          <p class="hint">{words.say('sheet.not_yours')}</p>
        )}
        <label for="sheet-note">{words.say('sheet.note')}</label>
        <p class="soft small" id="sheet-note-tips">
          {words.say('sheet.note_tips')}
        </p>
        <textarea
          id="sheet-note"
          name="text"
          rows={6}
          maxLength={NOTE_MAX}
          aria-describedby="sheet-note-tips"
        >
          {note}
        </textarea>
        <p class="soft small">{words.say('sheet.recorded')}</p>
        <div class="buttons">
          <button type="submit">{words.say('sheet.make')}</button>
          <a class="button second" href={`/console/cases/${file.id}`}>
            {words.say('sheet.back')}
          </a>
        </div>
      </form>
    </section>
  );
}

/**
 * The sheet: what is clear for everybody of the agency, content for who handles the case. It never says who reported, how
 * they wrote, or whether they can be reached.
 */
export function HandOverSheet(
  props: HandOverProps & {
    directory: Directory;
    to: SheetReceiver;
    withWords: boolean;
    note: string;
    madeBy: string;
  },
) {
  const { words, directory, file, to, mine, madeBy } = props;
  return (
    <article class="sheet card">
      <p class="buttons no-print">
        <button type="button" data-print>
          {words.say('sheet.print')}
        </button>
        <a class="button second" href={`/console/cases/${file.id}`}>
          {words.say('sheet.back')}
        </a>
      </p>
      <h1>{words.say('sheet.heading')}</h1>
      <dl class="facts">
        <Row name={words.say('sheet.to')} value={words.say(`sheet.receiver.${to}`)} />
        <Row
          name={words.say('sheet.from')}
          value={`${directory.agency(file.agencyId)?.name ?? file.agencyId} · ${madeBy}`}
        />
        <Row name={words.say('sheet.made_at')} value={words.dated(new Date(words.now))} />
        <Row name={words.say('sheet.number')} value={file.number} />
        <Row name={words.say('case.category')} value={words.say(`category.${file.category}`)} />
        <Row name={words.say('case.urgency.name')} value={words.say(`case.urgency.${file.urgency}`)} />
        <Row name={words.say('case.place')} value={placeName(directory, words, file.placeCode)} />
        <Row name={words.say('case.opened_at')} value={words.dated(file.openedAt)} />
        <Row name={words.say('sheet.basis')} value={file.basis} />
      </dl>
      <h2>{words.say('sheet.steps')}</h2>
      <Steps words={words} file={file} />
      <h2>{words.say('sheet.content')}</h2>
      {mine ? <Content {...props} /> : <p>{words.say('sheet.content_left_out')}</p>}
      <h2>{words.say('sheet.note_heading')}</h2>
      {props.note === '' ? (
        <div class="sheet-lines" aria-hidden="true" />
      ) : (
        <p class="bubble-text">{props.note}</p>
      )}
      <p class="small">{words.say(`sheet.receiver_facts.${to}`)}</p>
      <p class="small">{words.say('sheet.secrecy')}</p>
    </article>
  );
}

/** What the agency has done, without who looked and without the reporter's part. */
function Steps({ words, file }: { words: Words; file: CaseFile }) {
  const steps = file.events.filter(({ kind }) =>
    ['opened', 'decided', 'taken', 'replied', 'closed'].includes(kind),
  );
  return (
    <ul>
      {steps.map(({ kind, at }) => (
        <li key={`${kind} ${at.getTime()}`}>{`${words.say(`sheet.step.${kind}`)}: ${words.dated(at)}`}</li>
      ))}
    </ul>
  );
}

function Content({ words, file, withWords }: HandOverProps & { withWords: boolean }) {
  const { details, placeWords, words: own } = file.report;
  const shown = SHEET_DETAILS.flatMap((key) => {
    const value = details[key];
    return value === undefined ? [] : [{ key, value }];
  });
  return (
    <>
      <dl class="facts">
        {placeWords !== undefined && <Row name={words.say('report.place_words')} value={placeWords} />}
        {shown.map(({ key, value }) => (
          <Row key={key} name={detailName(words, key)} value={detailValue(words, key, value)} />
        ))}
        {file.evidence.length > 0 && (
          <Row
            name={words.say('evidence.title')}
            value={words.say('sheet.files', { n: file.evidence.length })}
          />
        )}
      </dl>
      {withWords && own !== undefined && <blockquote class="words">{own}</blockquote>}
    </>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
