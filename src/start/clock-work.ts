import { randomUUID } from 'node:crypto';
import { clockJob } from '../jobs/clock.js';
import type { Job } from '../jobs/job.js';
import { postWebhook } from '../jobs/post-webhook.js';
import type { JobQueue } from '../jobs/queue.js';
import { ringJob } from '../jobs/ring.js';
import { CLOCK_HORIZON, type SweeperParts } from '../jobs/sweeper.js';
import type { Log } from '../operations/log.js';
import type { Metrics } from '../operations/metrics.js';
import type { RingMessage } from '../reports/ringing.js';
import { settleClocks } from '../store/clocks.js';
import { casesPlannedOtherwise, dueCases, upcomingCases } from '../store/due-cases.js';
import { knockCase } from '../store/knock.js';
import { createRings, type OpenRing } from '../store/rings.js';
import { baseAddress } from './base-address.js';
import type { Core } from './core.js';
import { enqueue } from './enqueue.js';
import type { ServiceOptions } from './options.js';
import type { ReadyParts } from './parts.js';
import { type PushChannels, sendingChannels } from './push-channels.js';

interface Options extends Pick<ServiceOptions, 'settings'> {
  readonly core: Pick<Core, 'deadlines' | 'directory'> & { readonly texts: Pick<Core['texts'], 'messages'> };
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** The jobs of clocks and rings, and what the sweeper looks for on their behalf. */
export function clockWork(
  options: Options,
  parts: Pick<ReadyParts, 'database' | 'cipher' | 'queue'>,
  metrics: Pick<Metrics, 'clock' | 'ring'>,
  channels: PushChannels,
  now: () => number,
): {
  readonly jobs: readonly Job[];
  readonly sweeps: Pick<SweeperParts, 'dueCases' | 'upcomingCases' | 'overdueRings'>;
} {
  const { core, log } = options;
  const { database, cipher, queue } = parts;
  const { db } = database;
  const rings = createRings(db, cipher, now);
  return {
    jobs: [
      clockJob({
        knock: (caseId) => knockCase(db, core, caseId, new Date(now())),
        afterKnock: (caseId, { fired, rings: planned, nextAt, isUnreached }) => {
          for (const { clock, kind } of fired) {
            metrics.clock(clock, kind);
            if (kind === 'missed') log.warn({ caseId, kind: clock }, 'a deadline was missed');
          }
          if (isUnreached) log.error({ caseId }, 'nobody on call can be reached for an urgent case');
          for (const id of planned) enqueue(queue, log, 'ring', id, 1);
          // What is further off the sweeper finds in time.
          if (nextAt && nextAt.getTime() <= now() + CLOCK_HORIZON) knockAt(queue, log, caseId, nextAt);
        },
      }),
      ringJob({
        rings,
        sending: sendingChannels(channels),
        post: postWebhook,
        say: (ring) => ringMessage(options, ring),
        newId: randomUUID,
        observe: metrics.ring,
      }),
    ],
    sweeps: {
      dueCases: (at) => dueCases(db, at),
      upcomingCases: (at, until) => upcomingCases(db, at, until),
      overdueRings: rings.overdue,
    },
  };
}

/** A delayed job. */
function knockAt(queue: JobQueue, log: Options['log'], caseId: string, at: Date): void {
  queue
    .add('clock', caseId, 1, at.getTime())
    .catch((error: unknown) => log.warn({ job: 'clock', error }, 'not queued; the sweeper will'));
}

/** A case of one's own is a click away; of one below nothing is told but that it waits, so the link leads to the queue. */
function ringMessage(
  { core, settings }: Pick<Options, 'core' | 'settings'>,
  { caseId, number, reason, below }: Pick<OpenRing, 'caseId' | 'number' | 'reason' | 'below'>,
): RingMessage {
  const base = baseAddress(settings, settings.port);
  return {
    number,
    link: below ? `${base}/console/queue` : `${base}/console/cases/${caseId}`,
    text: core.texts.messages.say(`ring.${reason}${below ? '_below' : ''}`, 'adult', { number }),
  };
}

/**
 * Plans the clocks of open cases anew after deadlines or holidays have changed. Cases are small transactions of their own, so that it can be
 * stopped and goes on at the next start. Resolves with how many.
 */
export async function replanClocks(
  { core }: Pick<Options, 'core'>,
  { database }: Pick<ReadyParts, 'database'>,
  now: () => number,
  signal: AbortSignal,
): Promise<number> {
  const done = new Set<string>();
  for (;;) {
    const found = await casesPlannedOtherwise(database.db, core.deadlines.version);
    const cases = found.filter((caseId) => !done.has(caseId));
    for (const caseId of cases) {
      if (signal.aborted) return done.size;
      await database.db.transaction((tx) => settleClocks(tx, core, caseId, new Date(now())));
      done.add(caseId);
    }
    if (cases.length === 0) return done.size;
  }
}
