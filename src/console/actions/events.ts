import type { StaffHere } from '../here.js';
import { actorOf } from '../here.js';

/** Several changes at once are told as one. */
const GATHER_MS = 300;
/** Keeps the line open through proxies and finds out that a session has ended. */
const HEARTBEAT_MS = 25_000;
/** Browsers allow six connections to one address; more tabs than this renew themselves every minute instead. */
const STREAMS_PER_SESSION = 4;

const open = new WeakMap<object, Map<string, number>>();

/**
 * Server-sent events: `queue` when the agency's queue changed (and once at the start, for what was missed),
 * `signed_out` when the session is over. They carry no data at all.
 */
export function getEvents(here: StaffHere): void {
  const { deps, res, sessions, signedIn } = here;
  const key = signedIn.session.tokenHash.toString('hex');
  const streams = open.get(sessions) ?? new Map<string, number>();
  open.set(sessions, streams);
  const already = streams.get(key) ?? 0;
  if (already >= STREAMS_PER_SESSION) {
    res.status(204).end();
    return;
  }
  streams.set(key, already + 1);

  res.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
  res.flushHeaders();
  const tell = (event: string) => res.write(`event: ${event}\ndata: -\n\n`);
  res.write('retry: 3000\n\n');
  tell('queue');

  let gathering: NodeJS.Timeout | undefined;
  const stopListening = deps.onQueueChange(actorOf(here).agencyId, () => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      tell('queue');
    }, GATHER_MS);
  });
  const heartbeat = setInterval(() => {
    sessions
      .stillGood(signedIn.session)
      .then((good) => {
        if (good) res.write(': still here\n\n');
        else res.end('event: signed_out\ndata: -\n\n');
      })
      .catch((error: unknown) => {
        deps.log.warn(
          { event: 'console_stream_unchecked', kind: kindOf(error) },
          'A live stream could not be checked.',
        );
      });
  }, HEARTBEAT_MS);
  heartbeat.unref();

  res.on('close', () => {
    stopListening();
    clearInterval(heartbeat);
    clearTimeout(gathering);
    const left = (streams.get(key) ?? 1) - 1;
    if (left > 0) streams.set(key, left);
    else streams.delete(key);
  });
}

function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
