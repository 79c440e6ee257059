import type { RequestHandler } from 'express';
import type { ConsoleParts, Here } from './here.js';
import { field } from './here.js';
import { may } from './permissions.js';
import type { OpenRoute, StaffRoute } from './routes.js';
import { fromOwnPage } from './same-site.js';
import { showMessage } from './show.js';
import { sameSecret } from './tokens.js';
import { wordsAt } from './words.js';

/**
 * The one way to every action: from our own page → signed in → the form of this session → permitted → act.
 * A refusal is a page that says what to do, with the text that was being sent.
 */
export function guarded(parts: ConsoleParts, route: OpenRoute | StaffRoute): RequestHandler {
  return async (req, res) => {
    const { deps, sessions } = parts;
    const here: Here = { ...parts, req, res, words: wordsAt(deps.texts, deps.now()) };
    const posted = route.method === 'post';
    const hiddenOrigin = route.needs === 'nobody' && route.hiddenOrigin === true;
    if (posted && !fromOwnPage(req, hiddenOrigin)) {
      showMessage(here, 'form_stale');
      return;
    }
    if (route.needs === 'nobody') {
      await route.act(here);
      return;
    }
    const signedIn = await sessions.find(req, route.background !== true);
    if (!signedIn) {
      turnAway(here, posted);
      return;
    }
    const staffHere = { ...here, signedIn };
    const formToken = req.get('X-CSRF-Token') ?? field(req, 'form_token');
    if (posted && !sameSecret(formToken, signedIn.session.csrfToken)) {
      showMessage(staffHere, 'form_stale', field(req, 'text'));
      return;
    }
    if (!may(signedIn.member, route.needs)) {
      deps.log.warn(
        { event: 'not_permitted', staffId: signedIn.member.id, needs: route.needs },
        'Not permitted.',
      );
      showMessage(staffHere, 'not_allowed');
      return;
    }
    await route.act(staffHere);
  };
}

/** Nobody is signed in: a page goes to the sign-in and comes back after it, a form keeps what was typed in view. */
function turnAway(here: Here, posted: boolean): void {
  const { req, res } = here;
  const byHtmx = req.get('HX-Request') === 'true';
  if (posted) {
    showMessage(here, 'session_over', field(req, 'text'));
  } else if (byHtmx) {
    res.set('HX-Redirect', '/console/sign-in?notice=locked').status(401).end();
  } else if (req.path === '/events') {
    res.status(401).end();
  } else {
    const next = req.path === '/' ? '' : `?next=${encodeURIComponent(`/console${req.path}`)}`;
    res.redirect(303, `/console/sign-in${next}`);
  }
}
