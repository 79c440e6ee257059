import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express';
import type { PushChannelDeps } from '../push-channel.js';
import type { TakeUpdate } from './take-update.js';

export const WEBHOOK_PATH = '/webhooks/zalo-bot';
const SECRET_HEADER = 'x-bot-api-secret-token';
const BODY_LIMIT = '1mb';

/**
 * The door for the platform. The secret is compared before a byte of the body is read. What was taken, was taken before
 * or is nothing to us gets 200; what could not be stored 503, so that it comes again.
 */
export function createBotWebhook(deps: PushChannelDeps, secret: string, take: TakeUpdate): Router {
  const router = express.Router();
  router.post(
    WEBHOOK_PATH,
    checkSecret(deps, secret),
    express.raw({ type: () => true, limit: BODY_LIMIT }),
    takeBody(take),
    refuseBody(deps),
  );
  return router;
}

function checkSecret(deps: PushChannelDeps, secret: string): RequestHandler {
  const expected = digest(secret);
  return (request, response, next) => {
    if (timingSafeEqual(digest(request.get(SECRET_HEADER) ?? ''), expected)) return next();
    deps.observe('other', 'refused');
    sendProblem(response, 401, 'Unauthorized');
  };
}

/** Hashed, so that both have one length. */
const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

function takeBody(take: TakeUpdate): RequestHandler {
  return async (request, response) => {
    const outcome = await take(parseJson(request.body));
    if (outcome === 'not_stored') return sendProblem(response, 503, 'Service Unavailable');
    response.json({ message: 'ok' });
  };
}

function parseJson(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** Too large, broken off, packed in a way nobody knows: it would be the same again. */
function refuseBody(deps: PushChannelDeps): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    deps.observe('other', 'refused');
    deps.log.warn({ error }, 'zalo bot: a request could not be read');
    const { type } = (typeof error === 'object' && error !== null ? error : {}) as { type?: unknown };
    if (type === 'entity.too.large') return sendProblem(response, 413, 'Content Too Large');
    sendProblem(response, 400, 'Bad Request');
  };
}

function sendProblem(response: Response, status: number, title: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status }));
}
