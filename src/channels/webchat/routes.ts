import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import { createRotatingHash, household } from '../../operations/address-keys.js';
import { limitLookups, limitMessages, postMessage, requireJson } from './api-chat.js';
import { postFile } from './api-file.js';
import { findPlaces } from './api-places.js';
import { loadAssets } from './assets.js';
import { EXIT_URL, type WebchatDeps } from './deps.js';
import { streamEvents } from './events.js';
import { forgetTalk, leavePage } from './forget.js';
import { answerForm, refusePage, showPage } from './form-chat.js';
import { createHeaders } from './headers.js';
import type { WebchatParts } from './parts.js';
import { problemOfError, sendProblem } from './problem.js';
import { createRates, RATES } from './rates.js';
import { createSessions } from './session.js';
import { createTurns } from './turns.js';
import { pageWords } from './words.js';

const BODY_LIMIT = '64kb';
/** Network addresses are counted under a salt that lasts an hour. */
const SALT_LIFE_MS = 60 * 60 * 1000;

/**
 * The web chat: our own page and its API. Mount at the root. Behind a proxy set Express' `trust proxy`, or all people
 * count as one address.
 * @throws when the built page or the fonts are missing.
 */
export function createWebchat(deps: WebchatDeps): Router {
  const exitUrl = deps.exitUrl ?? EXIT_URL;
  const assets = loadAssets(deps.assetsFolder, deps.fontsFolder);
  const sessions = createSessions(deps);
  const hash = createRotatingHash(deps, SALT_LIFE_MS);
  const parts: WebchatParts = {
    deps,
    exitUrl,
    words: pageWords(deps.texts),
    assets: assets.paths,
    sessions,
    turns: createTurns(deps, sessions),
    rates: createRates(deps.rates ?? RATES),
    addressKey: (address) => hash(household(address ?? 'unknown')),
  };
  const safe = createHeaders(exitUrl);
  const lookups = limitLookups(parts);
  const json = express.json({ limit: BODY_LIMIT });
  const form = express.urlencoded({ limit: BODY_LIMIT, extended: false });
  const beacon = [express.text({ limit: BODY_LIMIT, type: 'text/plain' }), json];

  const router = express.Router();
  router.get('/', safe, showPage(parts));
  router.get('/chat', safe, goToPage);
  router.post('/chat', safe, form, answerForm(parts));
  router.post('/exit', safe, form, leavePage(parts));
  router.get('/page/:file', safe, assets.serve);
  router.post('/api/chat', safe, requireJson(parts), limitMessages(parts), json, postMessage(parts));
  router.post('/api/chat/file', safe, limitMessages(parts), postFile(parts));
  router.get('/api/chat/events', safe, lookups, streamEvents(parts));
  router.post('/api/chat/forget', safe, lookups, beacon, forgetTalk(parts));
  router.get('/api/places', safe, lookups, findPlaces(parts));
  router.use(['/chat', '/exit', '/api/chat', '/api/places'], tellError(parts));
  return router;
}

/** Somebody typed or reloaded the address of a talk with scripts off. */
const goToPage: RequestHandler = (_request, response) => response.redirect(303, '/');

/** Whatever went wrong, a person gets a sentence and 111. */
function tellError(parts: WebchatParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = problemOfError(error);
    if (problem === 'broken') parts.deps.log.error({ error }, 'webchat: a request failed');
    // Leaving must work, whatever was in the form.
    if (request.originalUrl.startsWith('/exit')) return response.redirect(303, parts.exitUrl);
    if (request.originalUrl.startsWith('/api/')) return sendProblem(response, parts.deps.texts, problem);
    refusePage(parts, response, problem);
  };
}
