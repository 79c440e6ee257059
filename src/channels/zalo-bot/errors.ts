import { type SendDecision, SendFault } from '../channel.js';

interface BotError {
  /** Short name for logs, metrics and alarms. */
  readonly name: string;
  readonly decision: SendDecision;
}

/** When the platform refuses for speed without saying until when, milliseconds. */
const SLOW_DOWN = 60_000;

/**
 * What the platform answers when it does not take something: its `error_code`, else the HTTP status; the two are the
 * same numbers (docs.zaloplatforms.com/docs/BOT, error codes: 400, 401, 403, 404, 408, 429, 5xx).
 */
export const BOT_ERRORS: Readonly<Record<number, BotError>> = {
  // A text it cannot take; it will not like it better next time.
  400: { name: 'bad_request', decision: { kind: 'give_up' } },
  // "Unauthorized": the token was reset or mistyped.
  401: { name: 'wrong_token', decision: { kind: 'operator' } },
  // The person blocked the bot or left the chat.
  403: { name: 'refused_by_person', decision: { kind: 'gone' } },
  // Not documented further: an unknown chat, or an address of ours that is wrong for everybody. Giving up costs one
  // message, of which staff are told; `gone` would silence everybody's mailbox if it were the second.
  404: { name: 'not_found', decision: { kind: 'give_up' } },
  408: { name: 'too_slow', decision: { kind: 'retry' } },
  413: { name: 'too_large', decision: { kind: 'give_up' } },
  429: { name: 'too_fast', decision: { kind: 'wait', milliseconds: SLOW_DOWN, scope: 'channel' } },
};

/**
 * "Quota exceeded": the package's messages of this month are used up (3,000 in the basic one). Trying again soon only
 * meets the same answer; a person must buy more or wait for the next month.
 */
export const QUOTA_EXCEEDED: BotError = { name: 'quota_exceeded', decision: { kind: 'operator' } };

/** 5xx, and every answer that nobody has described: their trouble, which passes. */
const IN_TROUBLE: BotError = { name: 'platform_in_trouble', decision: { kind: 'retry' } };
/** No answer at all, or none in time. */
const UNREACHABLE: BotError = { name: 'unreachable', decision: { kind: 'retry' } };

/** The fault for an answer of the platform. `description` is its English sentence, used to tell the two kinds of 429 apart. */
export function faultOf(code: number, description: string): SendFault {
  if (code === 429 && /quota/i.test(description)) return toFault(QUOTA_EXCEEDED);
  return toFault(BOT_ERRORS[code] ?? IN_TROUBLE);
}

export const unreachable = (): SendFault => toFault(UNREACHABLE);

const toFault = ({ name, decision }: BotError): SendFault => new SendFault(name, decision);
