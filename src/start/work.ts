import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { ChannelName } from '../conversation/message.js';
import { createWakeTalk } from '../conversation/take-turn.js';
import { createCleaner } from '../evidence-files/clean-in-child.js';
import { deliverJob } from '../jobs/deliver.js';
import { dispatchJob } from '../jobs/dispatch.js';
import { eraseJob } from '../jobs/erase.js';
import { fetchJob } from '../jobs/fetch.js';
import { retractJob } from '../jobs/retract.js';
import { startSweeper } from '../jobs/sweeper.js';
import { wakeJob } from '../jobs/wake.js';
import type { Metrics } from '../operations/metrics.js';
import { anchorName, writeAnchor } from '../store/audit-anchors.js';
import { dispatchReport, waitingReports } from '../store/dispatch.js';
import { eraseCase } from '../store/erase-case.js';
import { clearDeleted, purge } from '../store/purge.js';
import { releaseDeferred } from '../store/replies.js';
import { casesDueForErasure } from '../store/retention.js';
import { resealUnderCurrentKey } from '../store/rotation.js';
import { dueTalks } from '../store/wakes.js';
import type { Texts, Voice } from '../texts/texts.js';
import { clockWork, replanClocks } from './clock-work.js';
import { enqueue } from './enqueue.js';
import type { ServiceOptions } from './options.js';
import type { ReadyParts } from './parts.js';
import { type PushChannels, raiseAlarm, sendingChannels } from './push-channels.js';
import { enqueueCommitted } from './receive.js';

const now = (): number => Date.now();
/** Milliseconds. */
const TELL_AGAIN_AFTER = 60_000;

/** Starts the worker half: jobs and the sweeper. */
export async function startWork(
  options: ServiceOptions,
  parts: ReadyParts,
  metrics: Metrics,
  channels: PushChannels,
): Promise<{ stop(): Promise<void> }> {
  const { core, log } = options;
  const { database, cipher, outbox, queue } = parts;
  const sending = sendingChannels(channels);
  const observe = metrics.sending;
  const { db } = database;
  if (cipher.keyCount > 1) {
    const resealed = await resealUnderCurrentKey(db, cipher);
    log.info({ count: resealed.moved }, 'stored values moved under the newest service key');
    if (resealed.left > 0)
      log.warn({ count: resealed.left }, 'stored values are under a key that is not listed');
  }
  const retention = { db, rules: core.retention, now };
  let hasErased = false;
  const saidToWait = new Set<string>();
  const clocks = clockWork(options, parts, metrics, channels, now);
  await queue.work([
    dispatchJob({
      dispatch: (reportId) =>
        dispatchReport({ db, directory: core.directory, deadlines: core.deadlines, now }, reportId),
      observe: (outcome, reportId) => {
        metrics.job('dispatch', outcome.kind);
        if (outcome.kind === 'undecided')
          log.error(
            { reportId },
            'every agency that could take this report is excluded; an administrator must decide',
          );
        // Rings at once, where it is urgent, and plans the next knock.
        if (outcome.kind === 'opened') enqueue(queue, log, 'clock', outcome.caseId, 1);
        // Said once a report: it is tried again every few seconds, and the count of waiting reports is a metric.
        if (outcome.kind !== 'nobody_open' || saidToWait.has(reportId)) return;
        saidToWait.add(reportId);
        log.error({ reportId }, 'no competent agency has staff who could open this report; it waits');
      },
    }),
    eraseJob({
      erase: (caseId) => eraseCase(retention, caseId),
      observe: (outcome) => {
        metrics.job('erase', outcome);
        if (outcome === 'erased') hasErased = true;
      },
    }),
    deliverJob({
      deliveries: parts.deliveries,
      announced: ['webchat'],
      sending,
      left: parts.contacts.left,
      alarm: alarmOnChange(options, parts),
      observe,
    }),
    wakeJob({
      wake: createWakeTalk({
        engine: core.engine,
        store: parts.turns,
        now,
        newId: randomUUID,
        afterCommit: (committed) => enqueueCommitted(queue, log, committed),
      }),
    }),
    retractJob({ retractions: parts.retractions, sending, now, observe }),
    fetchJob({
      evidence: parts.evidence,
      sending,
      ours: {
        webchat: {
          fetch: async (source) => ({ bytes: parts.uploads.read(source) }),
          done: parts.uploads.drop,
        },
      },
      // Loaded with the first file: it knows a hundred formats.
      read: async (file) => (await import('../channels/media/read-incoming-file.js')).readIncomingFile(file),
      clean: createCleaner(path.join(options.root, 'dist/evidence-files/cleaning-process.js')),
      refusal: (reason, voice) => refusalText(core.texts.messages, reason, voice),
      afterRefusal: (id) => enqueue(queue, log, 'deliver', id, 2),
      observe,
    }),
    ...clocks.jobs,
  ]);
  const stopping = new AbortController();
  const replanning = replanClocks(options, parts, now, stopping.signal).then(
    (count) => count > 0 && log.info({ count }, 'clocks were planned anew'),
    (error: unknown) => log.warn({ error }, 'clocks not all planned anew; the next start goes on'),
  );
  const sweeper = startSweeper({
    queue,
    ...clocks.sweeps,
    overdueMessages: outbox.overdue,
    releaseDeferred: (at) => releaseDeferred(db, at),
    dueTalks: (at) => dueTalks(db, at),
    overdueFiles: parts.evidence.overdue,
    overdueRetractions: parts.retractions.overdue,
    waitingReports: (before) => waitingReports(db, before),
    purge: async (at) => {
      await purge(db, at);
      if (hasErased) await clearDeleted(database);
      hasErased = false;
    },
    casesToErase: () => casesDueForErasure(retention),
    anchor: async (at) => {
      const anchor = await writeAnchor(db, cipher, at);
      // A witness outside the database, wherever the log is kept.
      if (anchor) log.info({ event: 'record_anchor', anchor: anchorName(anchor) }, 'the record is anchored');
    },
    now,
    onFault: ({ job, error }) => log.warn({ job, error }, 'sweep not finished; it runs again'),
  });
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all([sweeper.stop(), replanning]);
    },
  };
}

/** What a person reads whose file could not be kept. */
function refusalText(texts: Texts, reason: string, voice: Voice): string {
  const key = `evidence.refused.${reason}`;
  return texts.say(texts.has(key) ? key : 'evidence.refused.other', voice);
}

/** Tells the database how a channel does when that changes for this process, else once a minute: another may have said otherwise. */
function alarmOnChange(options: ServiceOptions, parts: ReadyParts) {
  const told = new Map<ChannelName, { readonly code: string | undefined; readonly at: number }>();
  return async (channel: ChannelName, code: string | undefined): Promise<void> => {
    const last = told.get(channel);
    if (last && last.code === code && now() - last.at < TELL_AGAIN_AFTER) return;
    told.set(channel, { code, at: now() });
    await raiseAlarm(options, () => parts, channel, code);
  };
}
