import type { RequestHandler } from 'express';
import { bearerToken, parseApiBody } from './parse.js';
import type { WebchatParts } from './parts.js';
import { sendProblem, UNAVAILABLE_RETRY_SECONDS } from './problem.js';
import { toWire } from './wire.js';

/** Refuses a body that is not JSON before it is read. */
export function requireJson({ deps }: WebchatParts): RequestHandler {
  return (request, response, next) => {
    if (request.is('application/json')) return next();
    sendProblem(response, deps.texts, 'wrong_type');
  };
}

/** Counts a message against its session and its address; refused ones are told 111 and 113 and when to come back. */
export function limitMessages({ deps, rates, turns, addressKey }: WebchatParts): RequestHandler {
  return async (request, response, next) => {
    const contact = turns.contactOf(bearerToken(request.get('authorization')));
    const retryAfter = await rates.message(addressKey(request.ip), contact);
    if (retryAfter === undefined) return next();
    sendProblem(response, deps.texts, 'too_many', { retryAfter });
  };
}

/** Counts a small read against its address. */
export function limitLookups({ deps, rates, addressKey }: WebchatParts): RequestHandler {
  return async (request, response, next) => {
    const retryAfter = await rates.lookup(addressKey(request.ip));
    if (retryAfter === undefined) return next();
    sendProblem(response, deps.texts, 'too_many', { retryAfter });
  };
}

/** `POST /api/chat`: one message in, the messages of its turn out. */
export function postMessage({ deps, rates, turns }: WebchatParts): RequestHandler {
  return async (request, response) => {
    const content = parseApiBody(request.body);
    if ('problem' in content) return sendProblem(response, deps.texts, content.problem);
    const token = bearerToken(request.get('authorization'));
    const { session, outcome } = await turns.carry(token, content.ok, request.get('idempotency-key'));
    const messages = outcome.messages.map(toWire);
    if (outcome.kind !== 'unavailable') return void response.json({ session, messages });
    const contact = turns.contactOf(token);
    if (contact !== undefined) await rates.notTaken(contact);
    // The card goes out all the same; the session lets the next try meet the same talk.
    sendProblem(response, deps.texts, 'unavailable', {
      retryAfter: UNAVAILABLE_RETRY_SECONDS,
      members: { session, messages },
    });
  };
}
