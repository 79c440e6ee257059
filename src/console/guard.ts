import type { RequestHandler } from 'express';
import { CaseStaysSealed } from '../reports/member-keys.js';
import type { ConsoleParts, Here, StaffHere } from './here.js';
import { field } from './here.js';
import { nextQuery } from './next-page.js';
import { may } from './permissions.js';
import type { OpenRoute, StaffRoute } from './routes.js';
import { fromOwnPage } from './same-site.js';
import { showMessage } from './show.js';
import { showSealed } from './show-sealed.js';
import { sameSecret } from './tokens.js';
import { wordsAt } from './words.js';

/**
 * The one way to every action: from our own page → signed in → the form of this session → second step → permitted → act.
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
      turnAway(here, route);
      return;
    }
    const staffHere = { ...here, signedIn };
    const formToken = req.get('X-CSRF-Token') ?? field(req, 'form_token');
    if (posted && !sameSecret(formToken, signedIn.session.csrfToken)) {
      showMessage(staffHere, 'form_stale', field(req, 'text'));
      return;
    }
    const stage = route.secondStep ?? 'passed';
    if (stage !== 'any' && signedIn.secondStepDue !== (stage === 'due')) {
      toTheOtherStage(staffHere, route);
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
    try {
      await route.act(staffHere);
    } catch (error) {
      if (!(error instanceof CaseStaysSealed) || res.headersSent) throw error;
      showSealed(staffHere, error.agencyIds);
    }
  };
}

/** The second step is still due, or done already: a page goes there or on, whatever else asks is refused. */
function toTheOtherStage({ req, res, signedIn }: StaffHere, route: StaffRoute): void {
  if (!signedIn.secondStepDue) res.redirect(303, '/console');
  else if (route.background) res.status(401).end();
  else res.redirect(303, `/console/second-step${route.method === 'post' ? '' : nextQuery(req)}`);
}

/** Nobody is signed in: a page goes to the sign-in and comes back after it, a form keeps what was typed in view. */
function turnAway(here: Here, route: StaffRoute): void {
  const { req, res } = here;
  if (route.method === 'post') {
    showMessage(here, 'session_over', field(req, 'text'));
  } else if (route.background) {
    // The page covers itself and keeps what is half written (browser/idle-lock.ts).
    res.status(401).end();
  } else {
    res.redirect(303, `/console/sign-in${nextQuery(req)}`);
  }
}
