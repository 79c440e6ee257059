import type { SendDecision } from '../channel.js';
import { untilMorning, untilNextMinute } from './times.js';

/**
 * What is tried at once, within the same call, before anything is decided:
 * `token` the access token is dead: with a newer one · `endpoint` with the message API for the other types of OA ·
 * `proof` with the header appsecret_proof · `upload` with the attachment uploaded anew.
 */
export type Remedy = 'token' | 'endpoint' | 'proof' | 'upload';

/** One cause for which Zalo does not take something. */
export interface Refusal {
  /** Name for logs, metrics and alarms. */
  readonly name: string;
  readonly remedy?: Remedy;
  /** What is done, and when a remedy did not help. `now`: milliseconds since 1970. */
  decide(now: number): SendDecision;
}

const always =
  (kind: Exclude<SendDecision['kind'], 'wait'>) =>
  (name: string, remedy?: Remedy): Refusal => ({
    name,
    ...(remedy === undefined ? {} : { remedy }),
    decide: () => ({ kind }),
  });
const retry = always('retry');
const hold = always('hold');
const gone = always('gone');
const giveUp = always('give_up');
const operator = always('operator');

/**
 * Zalo's codes. Official ones from docs.zaloplatforms.com/docs/OA/phu-luc/ma-loi; those marked "unofficial" are known
 * from older pages and running programs only. The words of each line are Zalo's.
 */
export const REFUSALS: ReadonlyMap<number, Refusal> = new Map<number, Refusal>([
  // "access token expired" in one running program (unofficial)
  [3, operator('token_dead', 'token')],
  // "Your application / Your OA reached limit call api": nothing was executed; the app's limit, so everybody waits
  [
    -32,
    {
      name: 'rate_limited',
      decide: (now) => ({ kind: 'wait', milliseconds: untilNextMinute(now), scope: 'channel' }),
    },
  ],
  // "attachment_id was expired": after 7 days; uploaded anew at once, then later again
  [-100, retry('attachment_expired', 'upload')],
  // "access token invalid"
  [-124, operator('token_dead', 'token')],
  // "Send message failed": it may have been delivered. Sent again it could come twice, so staff are told instead
  [-200, giveUp('result_unknown')],
  // "<field> is invalid!": our mistake, or an id that is none
  [-201, giveUp('parameter_invalid')],
  // "Offical Account is disable"
  [-204, operator('oa_disabled')],
  // "Offical Account is not exist"
  [-205, operator('oa_unknown')],
  // "not a third-party app" (unofficial)
  [-207, operator('app_not_allowed')],
  // "OA has no secret key" (unofficial)
  [-208, operator('oa_secret_missing')],
  // "Not supported this api": the app is not activated
  [-209, operator('app_not_activated')],
  // "Parameter exceeds allowable limit"
  [-210, giveUp('too_long')],
  // "Out of quota": of the OA, so it ends for everybody until somebody buys more or the month turns
  [-211, operator('quota_used_up')],
  // "App has not registed this api"
  [-212, operator('api_not_registered')],
  // "User has not followed OA": whoever writes or follows again can be written to again
  [-213, hold('not_following')],
  // "Article is being processed"
  [-214, retry('article_in_progress')],
  // "invalid app id" (unofficial)
  [-215, operator('app_id_wrong')],
  // "Access token is invalid"
  [-216, operator('token_dead', 'token')],
  // "User has blocked invitation from OA"
  [-217, gone('blocked')],
  // "Out of quota receive": of this person; free again when they write
  [-218, hold('person_quota_used_up')],
  // "App is removed or disabled"
  [-219, operator('app_disabled')],
  // "access_token is expired or removed"
  [-220, operator('token_dead', 'token')],
  // "The OA needs to be verified to use this feature"
  [-221, operator('oa_not_verified')],
  // "blocked, or 45 days inactive" (unofficial): the second ends when they write, so not given up for gone
  [-222, hold('blocked_or_inactive')],
  // "Official Account has not authorized this API"
  [-223, operator('not_authorised')],
  // "The OA needs to upgrade OA Tier Package to use this feature"
  [-224, operator('package_needed')],
  // "User is banned or has been inactive for more than 45 days": the second ends when they write
  [-227, hold('banned_or_inactive')],
  // "User has not interacted with the OA in the past 7 days"
  [-230, hold('window_closed')],
  // "User has not interacted with the OA, or the last interaction has expired"
  [-232, hold('window_closed')],
  // "message type is invalid or not support"
  [-233, giveUp('type_not_supported')],
  // "This message cannot be sent at night (10:00PM - 6:00AM)": about this message. Others, emergency cards above all, may
  // still go, so only this talk waits
  [
    -234,
    {
      name: 'night',
      decide: (now) => ({ kind: 'wait', milliseconds: untilMorning(now), scope: 'talk' }),
    },
  ],
  // "This API does not support this type of OA"
  [-235, operator('endpoint_refused', 'endpoint')],
  // "The group is disabled": we write to no groups
  [-237, giveUp('group_disabled')],
  // "asset_id is already used" / "disabled": we send none
  [-238, giveUp('asset_used')],
  // "MessageV2 API has been shut down, please switch to MessageV3"
  [-240, operator('endpoint_refused', 'endpoint')],
  [-241, giveUp('asset_disabled')],
  // "Invalid appsecret_proof provided in the API argument"
  [-242, operator('proof_refused', 'proof')],
  // "User has restricted this message type from your OA": their wish
  [-244, gone('restricted')],
  // "Violates our platform standards": this text
  [-248, giveUp('against_standards')],
  // "Template does not support send via UID": we send none
  [-249, giveUp('template_refused')],
  // cannot reply after 48 hours (unofficial)
  [-305, hold('window_closed')],
  // out of reply quota (unofficial): free again when they write
  [-311, hold('reply_quota_used_up')],
  // the app needs a Zalo Cloud Account
  [-320, operator('cloud_account_needed')],
  // the account is out of money
  [-321, operator('out_of_money')],
  // "OA is not in group": we write to no groups
  [-403, giveUp('not_in_group')],
  // forms of advertisements: none of ours
  [-1340, giveUp('advertisement_form')],
  [-1341, giveUp('advertisement_form')],
]);

const UNKNOWN = giveUp('unknown_code');
const TROUBLED = retry('platform_troubled');

/**
 * The refusal behind an error in a JSON answer. A code that is on no list: with a 5xx they are troubled; otherwise Zalo
 * has read the message and, as with -200, may have delivered it, so it is not repeated blindly.
 */
export const refusalOf = (error: number, httpStatus: number): Refusal =>
  REFUSALS.get(error) ?? (httpStatus >= 500 ? TROUBLED : UNKNOWN);

const THROTTLED: Refusal = {
  name: 'rate_limited',
  decide: (now) => ({ kind: 'wait', milliseconds: untilNextMinute(now), scope: 'channel' }),
};
const NOT_ZALO = operator('http_refused');
const UNREADABLE = retry('answer_unreadable');

/** The refusal behind an answer that is not JSON: only then does the HTTP status tell anything. */
export function refusalOfStatus(httpStatus: number): Refusal {
  if (httpStatus === 429) return THROTTLED;
  if (httpStatus >= 500) return TROUBLED;
  return httpStatus >= 300 ? NOT_ZALO : UNREADABLE;
}
