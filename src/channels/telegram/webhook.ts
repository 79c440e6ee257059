import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express';
import type { PushChannelDeps } from '../push-channel.js';
import type { Receiver } from './receive.js';

export const WEBHOOK_PATH = '/webhooks/telegram';
/** core.telegram.org/bots/api#setwebhook, secret_token */
const SECRET_HEADER = 'X-Telegram-Bot-Api-Secret-Token';
const BODY_LIMIT = '1mb';
/** After a "not now" Telegram waits as long as it is told, else up to minutes: WebhookActor.cpp on_update_error. Seconds. */
const AGAIN_AFTER = 2;

/** The webhook. `secret` undefined: this service polls, so nothing comes in here and the address does not exist. */
export function createWebhookRoute(
  receive: Receiver,
  secret: string | undefined,
  deps: Pick<PushChannelDeps, 'observe' | 'log'>,
): Router {
  const router = Router();
  if (secret === undefined) {
    router.post(WEBHOOK_PATH, (_request, response) => problem(response, 404, 'not_found'));
    return router;
  }
  const verify: RequestHandler = (request, response, next) => {
    if (isSecret(request.get(SECRET_HEADER) ?? '', secret)) return next();
    deps.observe('other', 'refused');
    problem(response, 401, 'unauthorized');
  };
  const take: RequestHandler = async (request, response) => {
    const update = parseJson(request.body);
    if (update === undefined) return problem(response, 400, 'broken_json');
    const outcome = await receive(update);
    if (outcome !== 'not_stored') return void response.status(200).end();
    response.set('Retry-After', String(AGAIN_AFTER));
    problem(response, 503, 'unavailable');
  };
  const refuse: ErrorRequestHandler = (error, _request, response, _next) => {
    deps.log.warn({ error }, 'a body from Telegram could not be read');
    const tooLarge = (error as { type?: unknown }).type === 'entity.too.large';
    problem(response, tooLarge ? 413 : 400, tooLarge ? 'too_large' : 'broken_body');
  };
  // Nothing of the body is read before the secret is right.
  router.post(WEBHOOK_PATH, verify, express.raw({ type: () => true, limit: BODY_LIMIT }), take);
  router.use(WEBHOOK_PATH, refuse);
  return router;
}

/** Compared by hash, so that neither content nor length of the secret shows in the time it takes. */
function isSecret(given: string, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}

function parseJson(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** problem+json (RFC 9457) without detail: whoever is not Telegram learns nothing. */
function problem(response: Response, status: number, name: string): void {
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify({ type: `urn:lang-nghe:problem:${name}`, status }));
}
