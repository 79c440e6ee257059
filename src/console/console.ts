import type { ErrorRequestHandler, RequestHandler, Router } from 'express';
import express from 'express';
import { loadAssets } from './assets.js';
import type { ConsoleDeps } from './deps.js';
import { guarded } from './guard.js';
import { consoleHeaders } from './headers.js';
import type { ConsoleParts, Here } from './here.js';
import { ROUTES } from './routes.js';
import { createSessions } from './sessions.js';
import { showMessage } from './show.js';
import { createSignInLimits } from './sign-in-limits.js';
import { wordsAt } from './words.js';

const LARGEST_BODY = '64kb';

/** The staff console, to be mounted at /console. Reads its own assets from `assetsFolder` once. */
export function createConsole(deps: ConsoleDeps): Router {
  let decoy: Promise<string> | undefined;
  const parts: ConsoleParts = {
    deps,
    sessions: createSessions(deps),
    limits: createSignInLimits(deps),
    assets: loadAssets(deps.assetsFolder),
    decoyHash: () => (decoy ??= deps.hashPassphrase(deps.randomBytes(24).toString('base64'))),
  };
  const router = express.Router();
  router.use(consoleHeaders(deps.secureCookies));
  router.get('/assets/:name', parts.assets.serve);
  router.use(express.urlencoded({ extended: false, limit: LARGEST_BODY, parameterLimit: 50 }));
  for (const route of ROUTES) router[route.method](route.path, guarded(parts, route));
  router.use(notFound(parts));
  router.use(failed(parts));
  return router;
}

/** An address that does not exist; the menu appears for those who are signed in. */
function notFound(parts: ConsoleParts): RequestHandler {
  return async (req, res) => {
    const here = hereOf(parts, req, res);
    const signedIn = await parts.sessions.find(req, false);
    showMessage(signedIn ? { ...here, signedIn } : here, 'not_found');
  };
}

/** Whatever went wrong: a page, and a line in the log that names the kind of error and nothing else. */
function failed(parts: ConsoleParts): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    const here = hereOf(parts, req, res);
    if (status === 413) showMessage(here, 'too_large');
    else if (status !== undefined && status < 500) showMessage(here, 'not_found');
    else {
      const kind = error instanceof Error ? error.name : 'unknown';
      parts.deps.log.error({ event: 'console_failed', kind }, 'A console page failed.');
      const body: unknown = req.body;
      const text = body !== null && typeof body === 'object' ? Reflect.get(body, 'text') : undefined;
      showMessage(here, 'failed', typeof text === 'string' ? text : undefined);
    }
  };
}

function hereOf(parts: ConsoleParts, req: Here['req'], res: Here['res']): Here {
  return { ...parts, req, res, words: wordsAt(parts.deps.texts, parts.deps.now()) };
}

function statusOf(error: unknown): number | undefined {
  if (error === null || typeof error !== 'object' || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
