import type { RequestHandler, Response } from 'express';
import { bearerToken, parseMessageId } from './parse.js';
import type { WebchatParts } from './parts.js';
import { sendProblem } from './problem.js';
import { toWire } from './wire.js';

const HEARTBEAT_MS = 20_000;
/** Streams one session may hold; with more, the oldest is closed (it is most likely a dead line). */
const STREAMS_PER_SESSION = 3;

/**
 * `GET /api/chat/events`: messages that come later, as server-sent events. What a client has shown it names in
 * `Last-Event-ID` when it asks again; only that acknowledges, so a line that breaks in the middle loses nothing.
 */
export function streamEvents({ deps, turns }: WebchatParts): RequestHandler {
  const open = new Map<string, (() => void)[]>();
  return (request, response) => {
    const contact = turns.contactOf(bearerToken(request.get('authorization')));
    if (contact === undefined) return sendProblem(response, deps.texts, 'no_session');
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    response.write('retry: 3000\n\n');

    const pump = createPump(response, async () =>
      deps.messagesAfter(contact, parseMessageId(request.get('last-event-id'))),
    );
    const tell = () => {
      pump().catch((error: unknown) =>
        deps.log.warn({ error }, 'webchat: messages that came later could not be read'),
      );
    };
    const silence = deps.onNews(contact, tell);
    // The heartbeat also asks again, so that one missed signal delays a message by seconds and no more.
    const heartbeat = setInterval(() => {
      response.write(': \n\n');
      tell();
    }, HEARTBEAT_MS);
    heartbeat.unref();

    const end = () => response.end();
    const streams = [...(open.get(contact) ?? []), end];
    for (const oldest of streams.splice(0, streams.length - STREAMS_PER_SESSION)) oldest();
    open.set(contact, streams);
    response.on('close', () => {
      clearInterval(heartbeat);
      silence();
      const left = (open.get(contact) ?? []).filter((stream) => stream !== end);
      if (left.length > 0) open.set(contact, left);
      else open.delete(contact);
    });
    tell();
  };
}

/** Writes what is new to this stream, one reading at a time; a signal during a reading causes one more. */
function createPump(
  response: Response,
  read: () => ReturnType<WebchatParts['deps']['messagesAfter']>,
): () => Promise<void> {
  const written = new Set<string>();
  let busy = false;
  let again = false;
  return async () => {
    again = true;
    if (busy) return;
    busy = true;
    try {
      while (again && !response.writableEnded) {
        again = false;
        for (const message of await read()) {
          if (written.has(message.id) || response.writableEnded) continue;
          written.add(message.id);
          response.write(`event: message\nid: ${message.id}\ndata: ${JSON.stringify(toWire(message))}\n\n`);
        }
      }
    } finally {
      busy = false;
    }
  };
}
