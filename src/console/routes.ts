import {
  getAccount,
  postConfirmApp,
  postEndAll,
  postEndOthers,
  postEndSession,
  postNewApp,
  postRecoveryCodes,
} from './actions/account.js';
import { getAsks, postAgreeAbove } from './actions/asks.js';
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
import { getDeadJobs, postRetry, postRetryAll } from './actions/dead-jobs.js';
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
import { getHome } from './actions/home.js';
import { getKeys, getKeysLive, postChangeKey, postLetIn, postRecovery } from './actions/keys.js';
import { postUnlock, tellSession } from './actions/lock.js';
import { getLooks } from './actions/looks.js';
import { getMyChat, postLinkWord, postUnbindChat } from './actions/my-chat.js';
import { getOffer, postAccept, postReject } from './actions/offers.js';
import { getOnCall, postOnCallMember, postOnCallRemove, postOnCallWebhook } from './actions/on-call.js';
import { getPassphrase, postPassphrase } from './actions/passphrase.js';
import {
  getInvite,
  getPeople,
  postDisable,
  postEnable,
  postInvite,
  postNewLink,
  postResetLink,
  postSignOutMember,
} from './actions/people.js';
import { getQueue, getQueueLive, postTakeNext } from './actions/queue.js';
import { getRefer, postEnd, postRefer, postWithdraw } from './actions/refer.js';
import { getSecondStep, getSetUp, postSecondStep, postSetUp } from './actions/second-step.js';
import { getSheet, postSheet } from './actions/sheet.js';
import { getSignIn, postSignIn, postSignOut } from './actions/sign-in.js';
import { getStart, postStart } from './actions/start.js';
import { postStep, postStepBack } from './actions/steps.js';
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
  /** When it opens: after the second step (`passed`, unless said otherwise), only before it, or both. */
  readonly secondStep?: 'passed' | 'due' | 'any';
  readonly act: (here: StaffHere) => void | Promise<void>;
}

/** Every address of the console. */
export const ROUTES: readonly (OpenRoute | StaffRoute)[] = [
  { method: 'get', path: '/sign-in', needs: 'nobody', act: getSignIn },
  { method: 'post', path: '/sign-in', needs: 'nobody', act: postSignIn },
  { method: 'get', path: '/start/:token', needs: 'nobody', act: getStart },
  { method: 'post', path: '/start/:token', needs: 'nobody', hiddenOrigin: true, act: postStart },

  { method: 'get', path: '/', needs: 'be_here', act: getHome },
  { method: 'post', path: '/sign-out', needs: 'be_here', secondStep: 'any', act: postSignOut },
  { method: 'get', path: '/second-step', needs: 'be_here', secondStep: 'due', act: getSecondStep },
  { method: 'post', path: '/second-step', needs: 'be_here', secondStep: 'due', act: postSecondStep },
  { method: 'get', path: '/second-step/set-up', needs: 'be_here', secondStep: 'due', act: getSetUp },
  { method: 'post', path: '/second-step/set-up', needs: 'be_here', secondStep: 'due', act: postSetUp },
  { method: 'post', path: '/unlock', needs: 'nobody', act: postUnlock },
  { method: 'get', path: '/session', needs: 'be_here', background: true, act: tellSession },
  { method: 'post', path: '/still-here', needs: 'be_here', act: tellSession },

  { method: 'get', path: '/account', needs: 'be_here', act: getAccount },
  { method: 'post', path: '/account/sessions/:id/end', needs: 'be_here', act: postEndSession },
  { method: 'post', path: '/account/end-others', needs: 'be_here', act: postEndOthers },
  { method: 'post', path: '/account/end-all', needs: 'be_here', act: postEndAll },
  { method: 'post', path: '/account/codes', needs: 'be_here', act: postRecoveryCodes },
  { method: 'post', path: '/account/app', needs: 'be_here', act: postNewApp },
  { method: 'post', path: '/account/app/confirm', needs: 'be_here', act: postConfirmApp },

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
  { method: 'post', path: '/cases/:id/steps', needs: 'note_step', act: postStep },
  { method: 'post', path: '/cases/:id/steps/back', needs: 'note_step', act: postStepBack },
  { method: 'get', path: '/my-chat', needs: 'see_cases', act: getMyChat },
  { method: 'post', path: '/my-chat', needs: 'see_cases', act: postLinkWord },
  { method: 'post', path: '/my-chat/unbind', needs: 'see_cases', act: postUnbindChat },

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
  { method: 'get', path: '/asks', needs: 'agree_from_above', act: getAsks },
  { method: 'post', path: '/asks/:id/agree', needs: 'agree_from_above', act: postAgreeAbove },
  { method: 'get', path: '/keys', needs: 'keep_keys', act: getKeys },
  { method: 'get', path: '/keys/live', needs: 'keep_keys', background: true, act: getKeysLive },
  { method: 'post', path: '/keys/let-in/:id', needs: 'keep_keys', act: postLetIn },
  { method: 'post', path: '/keys/change', needs: 'keep_keys', act: postChangeKey },
  { method: 'post', path: '/keys/recovery', needs: 'keep_keys', act: postRecovery },

  { method: 'get', path: '/passphrase', needs: 'be_here', act: getPassphrase },
  { method: 'post', path: '/passphrase', needs: 'be_here', act: postPassphrase },

  { method: 'get', path: '/people', needs: 'sign_out_others', act: getPeople },
  { method: 'get', path: '/people/invite', needs: 'manage_people', act: getInvite },
  { method: 'post', path: '/people/invite', needs: 'manage_people', act: postInvite },
  { method: 'post', path: '/people/:id/link', needs: 'manage_people', act: postNewLink },
  { method: 'post', path: '/people/:id/reset-link', needs: 'manage_people', act: postResetLink },
  { method: 'post', path: '/people/:id/sign-out', needs: 'sign_out_others', act: postSignOutMember },
  { method: 'post', path: '/people/:id/disable', needs: 'manage_people', act: postDisable },
  { method: 'post', path: '/people/:id/enable', needs: 'manage_people', act: postEnable },

  { method: 'get', path: '/on-call', needs: 'operate', act: getOnCall },
  { method: 'post', path: '/on-call/members', needs: 'operate', act: postOnCallMember },
  { method: 'post', path: '/on-call/webhooks', needs: 'operate', act: postOnCallWebhook },
  { method: 'post', path: '/on-call/remove', needs: 'operate', act: postOnCallRemove },
  { method: 'get', path: '/dead-jobs', needs: 'operate', act: getDeadJobs },
  { method: 'post', path: '/dead-jobs', needs: 'operate', act: postRetry },
  { method: 'post', path: '/dead-jobs/all', needs: 'operate', act: postRetryAll },
];
