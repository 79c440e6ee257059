import type { StaffHere } from '../here.js';
import { field } from '../here.js';
import { DeadJobsPage } from '../pages/dead-jobs.js';
import { showPage } from '../show.js';

/** What does not run: kind, id, cause and count, never a word of what it is about. */
export async function getDeadJobs(here: StaffHere): Promise<void> {
  const { words, deps, signedIn } = here;
  showPage(
    here,
    { title: words.say('dead_jobs.title'), current: 'dead-jobs' },
    <DeadJobsPage
      words={words}
      jobs={await deps.deadJobs.dead()}
      unreached={await deps.onCall.unreached()}
      yearsToEnter={deps.yearsToEnter()}
      csrfToken={signedIn.session.csrfToken}
    />,
  );
}

export async function postRetry(here: StaffHere): Promise<void> {
  const { deps, req, res, signedIn } = here;
  const [job, id] = [field(req, 'job'), field(req, 'id')];
  if (await deps.deadJobs.retry(job, id))
    deps.log.info({ event: 'job_retried', job, id, by: signedIn.member.id }, 'A dead job was tried again.');
  res.redirect(303, '/console/dead-jobs?notice=retried');
}

export async function postRetryAll({ deps, res, signedIn }: StaffHere): Promise<void> {
  const count = await deps.deadJobs.retryAll();
  deps.log.info({ event: 'jobs_retried', count, by: signedIn.member.id }, 'All dead jobs were tried again.');
  res.redirect(303, '/console/dead-jobs?notice=retried');
}
