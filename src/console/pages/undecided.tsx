import type { Directory } from '../../directory/directory.js';
import type { UndecidedReport } from '../../reports/undecided.js';
import type { Words } from '../words.js';
import { FormToken, Moment } from './parts.js';
import { placeName } from './place-name.js';

/** Reports that nobody may take as the rules stand. Clear fields only: an administrator sees no case. */
export function UndecidedPage(props: {
  words: Words;
  directory: Directory;
  reports: readonly UndecidedReport[];
  csrfToken: string;
}) {
  const { words, reports } = props;
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{words.say('undecided.title')}</h1>
          <p class="soft">{words.say('undecided.intro')}</p>
        </div>
      </div>
      {reports.length === 0 && <p class="card empty">{words.say('undecided.none')}</p>}
      <div class="column-main">
        {reports.map((report) => (
          <UndecidedCard key={report.reportId} {...props} report={report} />
        ))}
      </div>
    </>
  );
}

function UndecidedCard(props: {
  words: Words;
  directory: Directory;
  report: UndecidedReport;
  csrfToken: string;
}) {
  const { words, directory, report, csrfToken } = props;
  const name = (id: string) => directory.agency(id)?.name ?? id;
  const worksThere = report.excluded.filter(({ why }) => why !== 'same_people');
  return (
    <section class="card">
      <h2>
        {words.say(`category.${report.category}`)}{' '}
        {report.urgency === 'urgent' && (
          <span class="tag tag-urgent">{words.say('case.urgency.urgent')}</span>
        )}
      </h2>
      <p>
        {`${placeName(directory, words, report.placeCode)} · `}
        <Moment at={report.receivedAt} words={words} />
      </p>
      <p class="soft">
        {words.say('undecided.excluded', {
          names: worksThere.map(({ agencyId }) => name(agencyId)).join(', '),
          others: report.excluded.length - worksThere.length,
        })}
      </p>
      {report.candidates.length === 0 ? (
        <p class="fault">{words.say('undecided.nobody')}</p>
      ) : (
        <form method="post" action={`/console/undecided/${report.reportId}`}>
          <FormToken value={csrfToken} />
          <fieldset>
            <legend>{words.say('undecided.choose')}</legend>
            {report.candidates.map((id) => (
              <label key={id} class="choice">
                <input type="radio" name="agency" value={id} required />
                {name(id)}
              </label>
            ))}
          </fieldset>
          <button type="submit">{words.say('undecided.give')}</button>
        </form>
      )}
    </section>
  );
}
