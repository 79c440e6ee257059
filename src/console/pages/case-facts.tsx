import type { Directory } from '../../directory/directory.js';
import type { CaseEvent, CaseFile } from '../../reports/case.js';
import type { ReportContent } from '../../reports/report.js';
import type { Words } from '../words.js';
import { Moment, outOfBand } from './parts.js';
import { placeName } from './place-name.js';

const SHORT_WHILE_MS = 30 * 60_000;

/** What the reporter told, in their own words. */
export function ReportWords(props: { words: Words; report: ReportContent; place: string }) {
  const { words, report, place } = props;
  const details = Object.entries(report.details);
  // Words that are the place's own name stand among the facts already.
  const placeWords = report.placeWords?.toLowerCase() === place.toLowerCase() ? undefined : report.placeWords;
  return (
    <section class="card" aria-labelledby="report-title">
      <h2 id="report-title">{words.say('report.title')}</h2>
      {report.words ? (
        <blockquote class="words">{report.words}</blockquote>
      ) : (
        <p class="soft">{words.say('report.no_words')}</p>
      )}
      {(details.length > 0 || placeWords) && (
        <dl class="facts">
          {placeWords && <Fact name={words.say('report.place_words')} value={placeWords} />}
          {details.map(([key, value]) => (
            <Fact key={key} name={detailName(words, key)} value={detailValue(words, key, value)} />
          ))}
        </dl>
      )}
      <p class="hint">{words.say(`report.writer.from_${report.voice}`)}</p>
    </section>
  );
}

export function detailName(words: Words, key: string): string {
  return words.ifKnown(`report.detail.${key}`) ?? words.say('report.other_detail', { key });
}

/** A choice of the report flow is stored by its id; free text is shown as it was written. */
export function detailValue(words: Words, key: string, value: string): string {
  return words.ifKnown(`report.detail_value.${key}.${value}`) ?? value;
}

/** Category, place, times and why it came to this agency. */
export function CaseFacts({
  words,
  directory,
  file,
}: {
  words: Words;
  directory: Directory;
  file: CaseFile;
}) {
  return (
    <section class="card" aria-labelledby="facts-title">
      <h2 id="facts-title">{words.say('case.facts')}</h2>
      <dl class="facts">
        <Fact name={words.say('case.category')} value={words.say(`category.${file.category}`)} />
        <Fact name={words.say('case.place')} value={placeName(directory, words, file.placeCode)} />
        <Fact name={words.say('case.urgency.name')} value={words.say(`case.urgency.${file.urgency}`)} />
        <Fact name={words.say('case.state.name')} value={words.say(`case.state.is.${file.state}`)} />
        <dt>{words.say('case.opened_at')}</dt>
        <dd>
          <Moment at={file.openedAt} words={words} />
        </dd>
        {file.state === 'new' && (
          <>
            <dt>{words.say('case.accept_by')}</dt>
            <dd>
              <Moment at={file.acceptBy} words={words} /> ({words.left(file.acceptBy)})
            </dd>
          </>
        )}
        {file.feedback !== undefined && (
          <Fact
            name={words.say('case.feedback.name')}
            value={words.ifKnown(`case.feedback.${file.feedback}`) ?? file.feedback}
          />
        )}
        <Fact name={words.say('case.basis')} value={file.basis} />
      </dl>
    </section>
  );
}

/** What happened, newest first. */
export function Timeline(props: {
  words: Words;
  directory: Directory;
  events: readonly CaseEvent[];
  renewed?: boolean;
}) {
  const { words, directory, events, renewed } = props;
  return (
    <section class="card" id="timeline" aria-labelledby="timeline-title" {...outOfBand(renewed)}>
      <h2 id="timeline-title">{words.say('timeline.title')}</h2>
      <ol class="timeline">
        {withoutRepeatedLooks(events)
          .toReversed()
          .map((event) => (
            <li key={`${event.kind}-${event.at.getTime()}`}>
              <span>{eventText(words, directory, event)}</span>
              <Moment at={event.at} words={words} />
            </li>
          ))}
      </ol>
    </section>
  );
}

function eventText(words: Words, directory: Directory, { kind, staffName, detail }: CaseEvent): string {
  const agencyId = detail?.to ?? detail?.agency;
  // Rung is a person, or an address of the web.
  const somebody = kind === 'rung' || kind === 'ring_failed' ? 'on_call.by_webhook' : 'timeline.somebody';
  return words.say(`timeline.${kind}`, {
    name: staffName ?? words.say(somebody),
    agency: agencyId === undefined ? '' : (directory.agency(agencyId)?.name ?? ''),
    reason:
      words.ifKnown(`act.reason.${detail?.reason}`) ??
      words.ifKnown(`evidence.reason.${detail?.reason}`) ??
      '',
  });
}

/** A person who did something a short while ago and looks again adds no line; every look stays in the record. */
function withoutRepeatedLooks(events: readonly CaseEvent[]): readonly CaseEvent[] {
  const lastActive = new Map<string, number>();
  return events.filter(({ kind, at, staffName }) => {
    if (staffName === undefined) return true;
    const before = lastActive.get(staffName) ?? Number.NEGATIVE_INFINITY;
    lastActive.set(staffName, at.getTime());
    return kind !== 'looked' || at.getTime() - before > SHORT_WHILE_MS;
  });
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
