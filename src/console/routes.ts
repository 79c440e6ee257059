import { getCase, getCaseLive, getClose, postClose, postReply, postTake } from './actions/case.js';
import { getContent } from './actions/content.js';
import { getEvents } from './actions/events.js';
import { getHome, postStillHere } from './actions/home.js';
import { getInvite, getPeople, postDisable, postEnable, postInvite, postNewLink } from './actions/people.js';
import { getQueue, getQueueLive, postTakeNext } from './actions/queue.js';
import { getSignIn, postSignIn, postSignOut } from './actions/sign-in.js';
import { getStart, postStart } from './actions/start.js';
import type { Here, StaffHere } from './here.js';
import type { Permission } from './permissions.js';

interface AnyRoute {
  readonly method: 'get' | 'post';
  /** Under /console. */
  readonly path: string;
}

/** For people who are not signed in. */
export interface OpenRoute extends AnyRoute {
  readonly needs: 'nobody';
  /** Its page hides the Origin header, so `null` is accepted; the address itself is the secret. */
  readonly hiddenOrigin?: true;
  readonly act: (here: Here) => void | Promise<void>;
}

/** For staff who hold a permission. */
export interface StaffRoute extends AnyRoute {
  readonly needs: Permission;
  /** A page asks for it by itself: it does not keep the session awake. */
  readonly background?: true;
  readonly act: (here: StaffHere) => void | Promise<void>;
}

/** Every address of the console. */
export const ROUTES: readonly (OpenRoute | StaffRoute)[] = [
  { method: 'get', path: '/sign-in', needs: 'nobody', act: getSignIn },
  { method: 'post', path: '/sign-in', needs: 'nobody', act: postSignIn },
  { method: 'get', path: '/start/:token', needs: 'nobody', act: getStart },
  { method: 'post', path: '/start/:token', needs: 'nobody', hiddenOrigin: true, act: postStart },

  { method: 'get', path: '/', needs: 'be_here', act: getHome },
  { method: 'post', path: '/sign-out', needs: 'be_here', act: postSignOut },
  { method: 'post', path: '/still-here', needs: 'be_here', act: postStillHere },

  { method: 'get', path: '/queue', needs: 'see_cases', act: getQueue },
  { method: 'get', path: '/queue/live', needs: 'see_cases', background: true, act: getQueueLive },
  { method: 'post', path: '/queue/next', needs: 'take_case', act: postTakeNext },
  { method: 'get', path: '/events', needs: 'see_cases', background: true, act: getEvents },

  { method: 'get', path: '/cases/:id', needs: 'see_cases', act: getCase },
  { method: 'get', path: '/cases/:id/live', needs: 'see_cases', background: true, act: getCaseLive },
  { method: 'post', path: '/cases/:id/take', needs: 'take_case', act: postTake },
  { method: 'post', path: '/cases/:id/reply', needs: 'reply', act: postReply },
  { method: 'get', path: '/cases/:id/close', needs: 'close_case', act: getClose },
  { method: 'post', path: '/cases/:id/close', needs: 'close_case', act: postClose },

  { method: 'get', path: '/content', needs: 'see_content', act: getContent },

  { method: 'get', path: '/people', needs: 'manage_people', act: getPeople },
  { method: 'get', path: '/people/invite', needs: 'manage_people', act: getInvite },
  { method: 'post', path: '/people/invite', needs: 'manage_people', act: postInvite },
  { method: 'post', path: '/people/:id/link', needs: 'manage_people', act: postNewLink },
  { method: 'post', path: '/people/:id/disable', needs: 'manage_people', act: postDisable },
  { method: 'post', path: '/people/:id/enable', needs: 'manage_people', act: postEnable },
];
