import { deliverJob } from '../jobs/deliver.js';
import { dispatchJob } from '../jobs/dispatch.js';
import { startSweeper } from '../jobs/sweeper.js';
import type { Metrics } from '../operations/metrics.js';
import { dispatchReport, waitingReports } from '../store/dispatch.js';
import { purge } from '../store/purge.js';
import { resealUnderCurrentKey } from '../store/rotation.js';
import type { ServiceOptions } from './options.js';
import type { ReadyParts } from './parts.js';

const now = (): number => Date.now();

/** Starts the worker half: jobs and the sweeper. */
export async function startWork(
  { core, log }: ServiceOptions,
  parts: ReadyParts,
  metrics: Metrics,
): Promise<{ stop(): Promise<void> }> {
  const { database, cipher, outbox, queue } = parts;
  const { db } = database;
  if (cipher.keyCount > 1) {
    const resealed = await resealUnderCurrentKey(db, cipher);
    log.info({ count: resealed.moved }, 'stored values moved under the newest service key');
    if (resealed.left > 0)
      log.warn({ count: resealed.left }, 'stored values are under a key that is not listed');
  }
  const saidToWait = new Set<string>();
  await queue.work([
    dispatchJob({
      dispatch: (reportId) =>
        dispatchReport({ db, directory: core.directory, deadlines: core.deadlines, now }, reportId),
      observe: (outcome, reportId) => {
        metrics.job('dispatch', outcome.kind);
        // Said once a report: it is tried again every few seconds, and the count of waiting reports is a metric.
        if (outcome.kind !== 'nobody_open' || saidToWait.has(reportId)) return;
        saidToWait.add(reportId);
        log.warn({ reportId }, 'no competent agency has staff yet; the report waits');
      },
    }),
    deliverJob({ outbox, channels: { webchat: ({ contact }) => outbox.announce(contact) } }),
  ]);
  return startSweeper({
    queue,
    overdueMessages: outbox.overdue,
    waitingReports: (before) => waitingReports(db, before),
    purge: (at) => purge(db, at),
    now,
    onFault: ({ job, error }) => log.warn({ job, error }, 'sweep not finished; it runs again'),
  });
}
