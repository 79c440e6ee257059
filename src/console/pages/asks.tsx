import type { Directory } from '../../directory/directory.js';
import type { AskBelow } from '../../reports/evidence/above.js';
import type { Words } from '../words.js';
import { FormToken } from './parts.js';

interface AsksProps {
  words: Words;
  directory: Directory;
  asks: readonly AskBelow[];
  csrfToken: string;
}

/** Who of the agencies below waits for a second person; nothing of the report or the file. */
export function AsksPage(props: AsksProps) {
  const { words, asks } = props;
  return (
    <article class="narrow">
      <p class="back">
        <a href="/console/queue">{words.say('case.back')}</a>
      </p>
      <h1>{words.say('above.title')}</h1>
      <p>{words.say('above.intro')}</p>
      <p class="soft small">{words.say('above.recorded')}</p>
      {asks.length === 0 && <p class="card empty">{words.say('above.none')}</p>}
      {asks.map((ask) => (
        <AskCard key={ask.lookId} {...props} ask={ask} />
      ))}
    </article>
  );
}

function AskCard({ words, directory, csrfToken, ask }: AsksProps & { ask: AskBelow }) {
  return (
    <section class="card">
      <h2>{words.say(`evidence.asks.${ask.aim}`, { name: ask.askedBy })}</h2>
      <p>
        {directory.agency(ask.agencyId)?.name ?? ask.agencyId}
        {'. '}
        {words.say('above.file', { number: ask.caseNumber, file: ask.fileNumber })}
      </p>
      <p>{words.say(`evidence.reason.${ask.reason}`)}</p>
      {ask.words === undefined ? (
        <p class="soft small">{words.say('above.no_words')}</p>
      ) : (
        <blockquote class="words">{ask.words}</blockquote>
      )}
      <p class="soft small">{words.say('evidence.asks_until', { until: words.moment(ask.until) })}</p>
      <form method="post" action={`/console/asks/${ask.lookId}/agree`}>
        <FormToken value={csrfToken} />
        <p class="soft small">{words.say('evidence.agree_means')}</p>
        <button type="submit">{words.say('evidence.agree')}</button>
      </form>
    </section>
  );
}

/** The way to that page, from where a lead sees what is below; loud while somebody waits. */
export function AsksBelow({ words, count }: { words: Words; count: number }) {
  return count > 0 ? (
    <p class="fault" role="alert">
      <a href="/console/asks">{words.say('above.waiting', { n: count })}</a>
    </p>
  ) : (
    <p class="soft small">
      <a href="/console/asks">{words.say('above.title')}</a>
    </p>
  );
}
