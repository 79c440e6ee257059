import type { JobName, JobPriority } from '../jobs/job.js';
import type { JobQueue } from '../jobs/queue.js';
import type { Log } from '../operations/log.js';

/** After a commit: puts a job in without waiting. A queue that is away loses nothing, the sweeper finds it. */
export function enqueue(
  queue: JobQueue,
  log: Pick<Log, 'warn'>,
  job: JobName,
  id: string,
  priority?: JobPriority,
): void {
  queue
    .add(job, id, priority)
    .catch((error: unknown) => log.warn({ job, error }, 'not queued; the sweeper will'));
}
