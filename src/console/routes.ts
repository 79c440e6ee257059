import { getCase, getCaseLive, getClose, postClose, postReply, postTake } from './actions/case.js';
import { getSame, postSame } from './actions/case-around.js';
import {
  postGiveBack,
  postHandBack,
  postHandOver,
  postMove,
  postNote,
  postReopen,
} from './actions/case-life.js';
import { getContent } from './actions/content.js';
import { getEvents } from './actions/events.js';
import {
  getEvidence,
  getHandOverNote,
  postAgree,
  postOpen,
  postOriginal,
  postQuarantine,
  postRelease,
} from './actions/evidence.js';
import { getCopy, getPreview } from './actions/evidence-bytes.js';
import { getHold, postHold } from './actions/hold.js';
import { getHome, postStillHere } from './actions/home.js';
import { getLooks } from './actions/looks.js';
import { getOffer, postAccept, postReject } from './actions/offers.js';
import { getInvite, getPeople, postDisable, postEnable, postInvite, postNewLink } from './actions/people.js';
import { getQueue, getQueueLive, postTakeNext } from './actions/queue.js';
import { getRefer, postEnd, postRefer, postWithdraw } from './actions/refer.js';
import { getSheet, postSheet } from './actions/sheet.js';
import { getSignIn, postSignIn, postSignOut } from './actions/sign-in.js';
import { getStart, postStart } from './actions/start.js';
import { getUndecided, postUndecided } from './actions/undecided.js';
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

  { method: 'get', path: '/cases/:id/sheet', needs: 'hand_over', act: getSheet },
  { method: 'post', path: '/cases/:id/sheet', needs: 'hand_over', act: postSheet },
  { method: 'get', path: '/cases/:id/hold', needs: 'hold_case', act: getHold },
  { method: 'post', path: '/cases/:id/hold', needs: 'hold_case', act: postHold },
  { method: 'get', path: '/same', needs: 'link_cases', act: getSame },
  { method: 'post', path: '/cases/:id/same', needs: 'link_cases', act: postSame },

  { method: 'get', path: '/undecided', needs: 'decide_report', act: getUndecided },
  { method: 'post', path: '/undecided/:id', needs: 'decide_report', act: postUndecided },
  { method: 'post', path: '/cases/:id/move', needs: 'move_case', act: postMove },
  { method: 'post', path: '/cases/:id/hand-over', needs: 'move_case', act: postHandOver },
  { method: 'post', path: '/cases/:id/give-back', needs: 'move_case', act: postGiveBack },
  { method: 'post', path: '/cases/:id/reopen', needs: 'move_case', act: postReopen },
  { method: 'post', path: '/cases/:id/note', needs: 'write_note', act: postNote },
  { method: 'post', path: '/cases/:id/hand-back', needs: 'refer_case', act: postHandBack },
  { method: 'get', path: '/cases/:id/refer', needs: 'refer_case', act: getRefer },
  { method: 'post', path: '/cases/:id/refer', needs: 'refer_case', act: postRefer },
  { method: 'post', path: '/cases/:id/referrals/:referral/withdraw', needs: 'refer_case', act: postWithdraw },
  { method: 'post', path: '/cases/:id/referrals/:referral/end', needs: 'refer_case', act: postEnd },
  { method: 'get', path: '/offers/:id', needs: 'refer_case', act: getOffer },
  { method: 'post', path: '/offers/:id/accept', needs: 'refer_case', act: postAccept },
  { method: 'post', path: '/offers/:id/reject', needs: 'refer_case', act: postReject },
  { method: 'get', path: '/looks', needs: 'see_looks', act: getLooks },

  { method: 'get', path: '/content', needs: 'see_content', act: getContent },
  { method: 'get', path: '/cases/:id/evidence/:file', needs: 'open_evidence', act: getEvidence },
  {
    method: 'get',
    path: '/cases/:id/evidence/:file/live',
    needs: 'open_evidence',
    background: true,
    act: getEvidence,
  },
  { method: 'get', path: '/cases/:id/evidence/:file/preview', needs: 'open_evidence', act: getPreview },
  { method: 'get', path: '/cases/:id/evidence/:file/copy', needs: 'open_evidence', act: getCopy },
  { method: 'get', path: '/cases/:id/evidence/:file/note', needs: 'open_evidence', act: getHandOverNote },
  { method: 'post', path: '/cases/:id/evidence/:file/open', needs: 'open_evidence', act: postOpen },
  { method: 'post', path: '/cases/:id/evidence/:file/agree', needs: 'open_evidence', act: postAgree },
  {
    method: 'post',
    path: '/cases/:id/evidence/:file/quarantine',
    needs: 'open_evidence',
    act: postQuarantine,
  },
  { method: 'post', path: '/cases/:id/evidence/:file/original', needs: 'take_original', act: postOriginal },
  { method: 'post', path: '/cases/:id/evidence/:file/release', needs: 'take_original', act: postRelease },

  { method: 'get', path: '/people', needs: 'manage_people', act: getPeople },
  { method: 'get', path: '/people/invite', needs: 'manage_people', act: getInvite },
  { method: 'post', path: '/people/invite', needs: 'manage_people', act: postInvite },
  { method: 'post', path: '/people/:id/link', needs: 'manage_people', act: postNewLink },
  { method: 'post', path: '/people/:id/disable', needs: 'manage_people', act: postDisable },
  { method: 'post', path: '/people/:id/enable', needs: 'manage_people', act: postEnable },
];
