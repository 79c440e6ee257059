import type { RequestHandler } from 'express';
import { INCOMING_LIMITS } from '../media/incoming-limits.js';
import type { FileRefusal } from '../media/read-incoming-file.js';
import { bearerToken } from './parse.js';
import type { WebchatParts } from './parts.js';
import { type ProblemName, sendProblem, UNAVAILABLE_RETRY_SECONDS } from './problem.js';
import { toWire } from './wire.js';

/** Files are held in memory while they come; so many at once, each of 20 MB at most. */
const MOST_AT_ONCE = 4;

const PROBLEM_OF: Readonly<Record<FileRefusal, ProblemName>> = {
  too_big: 'file_too_big',
  wrong_type: 'file_type',
  empty: 'file_broken',
  too_slow: 'file_broken',
  broken_off: 'file_broken',
};

/**
 * `POST /api/chat/file`: the bytes of one file as they are, in an `application/octet-stream`; the messages of its turn out. Its
 * name never leaves the phone; what it is, is told by its content. Until a job has cleaned and sealed it, it is kept aside.
 */
export function postFile({ deps, turns }: WebchatParts): RequestHandler {
  let running = 0;
  return async (request, response) => {
    if (!request.is('application/octet-stream')) return sendProblem(response, deps.texts, 'wrong_type');
    // Nothing more is read of it; an honest page has measured it before.
    response.set('Connection', 'close');
    if (Number(request.get('content-length') ?? 0) > INCOMING_LIMITS.bytes)
      return sendProblem(response, deps.texts, 'file_too_big');
    if (running >= MOST_AT_ONCE)
      return sendProblem(response, deps.texts, 'too_many', { retryAfter: UNAVAILABLE_RETRY_SECONDS });
    running += 1;
    try {
      // Loaded with the first file: it knows a hundred formats.
      const { readIncomingFile } = await import('../media/read-incoming-file.js');
      const read = await readIncomingFile({ bytes: request.iterator({ destroyOnReturn: false }) });
      if (read.kind === 'refused') return sendProblem(response, deps.texts, PROBLEM_OF[read.reason]);
      const source = deps.newId();
      try {
        await deps.keepUpload(source, read.file.bytes);
      } catch (error) {
        deps.log.warn({ error }, 'webchat: a file could not be put aside; the page sends it again');
        return sendProblem(response, deps.texts, 'unavailable', { retryAfter: UNAVAILABLE_RETRY_SECONDS });
      }
      const { session, outcome } = await turns.carry(
        bearerToken(request.get('authorization')),
        { kind: 'media', media: read.file.kind, source },
        request.get('idempotency-key'),
      );
      const messages = outcome.messages.map(toWire);
      if (outcome.kind !== 'unavailable') return void response.json({ session, messages });
      sendProblem(response, deps.texts, 'unavailable', {
        retryAfter: UNAVAILABLE_RETRY_SECONDS,
        members: { session, messages },
      });
    } finally {
      running -= 1;
    }
  };
}
