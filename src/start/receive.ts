import { randomUUID } from 'node:crypto';
import { createReceiveMessage } from '../conversation/take-turn.js';
import type { ReceiveMessage } from '../conversation/turn.js';
import type { Committed } from '../conversation/turn-store.js';
import type { JobQueue } from '../jobs/queue.js';
import type { Log } from '../operations/log.js';
import type { Metrics } from '../operations/metrics.js';
import { enqueue } from './enqueue.js';
import type { ServiceOptions } from './options.js';
import type { ReadyParts } from './parts.js';

/** An emergency card waits for the database at most this long, milliseconds. */
const CARD_PATIENCE = 800;

/** The database is not open yet. */
export class NotOpen extends Error {
  readonly code = 'store_not_open';
}

/** Everything that a turn left to be done. */
export function enqueueCommitted(
  queue: JobQueue,
  log: Log,
  { reports, outbox, evidence, retractions }: Committed,
): void {
  for (const { id, urgent } of outbox) enqueue(queue, log, 'deliver', id, urgent ? 1 : 2);
  for (const { id, urgency } of reports) enqueue(queue, log, 'dispatch', id, urgency === 'urgent' ? 1 : 2);
  for (const id of retractions) enqueue(queue, log, 'retract', id);
  for (const id of evidence) enqueue(queue, log, 'fetch', id);
}

/** The one way in for the messages of all channels. @param need throws `NotOpen` while the database is not open */
export function createReceive(
  { core, log }: ServiceOptions,
  metrics: Metrics,
  need: () => ReadyParts,
): ReceiveMessage {
  return createReceiveMessage({
    engine: core.engine,
    understanding: core.understanding,
    store: {
      takeTurn: async (...given) => need().turns.takeTurn(...given),
      wakeTalk: async (...given) => need().turns.wakeTalk(...given),
    },
    now: () => Date.now(),
    newId: randomUUID,
    cardPatience: CARD_PATIENCE,
    noteUnanswered: (questions) => need().unknownQuestions.note(questions),
    afterCommit: (committed) => enqueueCommitted(need().queue, log, committed),
    observe: (turn) => {
      metrics.turn(turn);
      if (turn.error !== undefined)
        log.error({ channel: turn.channel, error: turn.error }, 'turn not stored');
    },
  });
}
