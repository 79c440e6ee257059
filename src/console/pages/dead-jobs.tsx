import type { DeadJobLine } from '../deps.js';
import type { Words } from '../words.js';
import { FormToken, Moment } from './parts.js';

interface DeadJobsProps {
  words: Words;
  jobs: readonly DeadJobLine[];
  /** Ids of urgent cases about which nobody could be reached. */
  unreached: readonly string[];
  yearsToEnter: readonly number[];
  csrfToken: string;
}

/** What an operator must look at: jobs that failed for good, urgent cases that nobody hears of, holidays not entered. */
export function DeadJobsPage({ words, jobs, unreached, yearsToEnter, csrfToken }: DeadJobsProps) {
  return (
    <>
      <div class="page-head">
        <h1>{words.say('dead_jobs.title')}</h1>
        {jobs.length > 0 && (
          <form method="post" action="/console/dead-jobs/all">
            <FormToken value={csrfToken} />
            <button type="submit">{words.say('dead_jobs.retry_all', { n: jobs.length })}</button>
          </form>
        )}
      </div>
      {unreached.length > 0 && (
        <div class="fault" role="alert">
          <p>{words.say('dead_jobs.unreached', { n: unreached.length })}</p>
          <ul class="ids">
            {unreached.map((id) => (
              <li key={id}>
                <code>{id}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {yearsToEnter.map((year) => (
        <p key={year} class="hint">
          {words.say('dead_jobs.year', { year: String(year) })}
        </p>
      ))}
      <p class="soft">{words.say('dead_jobs.about')}</p>
      {jobs.length === 0 ? (
        <p class="empty card">{words.say('dead_jobs.none')}</p>
      ) : (
        <ul class="people">
          {jobs.map((job) => (
            <DeadJob key={`${job.job} ${job.id}`} job={job} words={words} csrfToken={csrfToken} />
          ))}
        </ul>
      )}
    </>
  );
}

function DeadJob({ job, words, csrfToken }: { job: DeadJobLine; words: Words; csrfToken: string }) {
  return (
    <li class="card person">
      <div>
        <h2>{words.ifKnown(`dead_jobs.kind.${job.job}`) ?? job.job}</h2>
        <p class="soft small ids">
          <code>
            {job.job} {job.id}
          </code>
        </p>
        <p class="small">
          {words.say('dead_jobs.cause', { code: job.code, n: job.tries })} · {words.say('dead_jobs.since')}{' '}
          <Moment at={job.since} words={words} />
        </p>
      </div>
      <form method="post" action="/console/dead-jobs" class="buttons">
        <FormToken value={csrfToken} />
        <input type="hidden" name="job" value={job.job} />
        <input type="hidden" name="id" value={job.id} />
        <button type="submit" class="second" aria-label={words.say('dead_jobs.retry_which', { id: job.id })}>
          {words.say('dead_jobs.retry')}
        </button>
      </form>
    </li>
  );
}
