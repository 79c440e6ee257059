import { type SendDecision, SendFault } from '../channel.js';

/** What Telegram answered when it took something not. */
export interface Refusal {
  readonly status: number;
  /** Telegram's sentence about the cause. It may repeat what was sent, so it is matched and then dropped. */
  readonly description: string;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

interface Row {
  /** Our short name of the cause. */
  readonly code: string;
  readonly status: number | 'server';
  /** Which of the sentences with this status; absent: all that are left. */
  readonly says?: RegExp;
  readonly decision: Exclude<SendDecision['kind'], 'hold'>;
  /** A sentence as Telegram writes it, for the test; where it comes from stands beside it. */
  readonly example: string;
}

/**
 * Every refusal of the Bot API and what is done about it; the first row that fits counts. The API promises its numbers
 * and not its sentences (core.telegram.org/bots/api#making-requests), so whatever matches no sentence falls to the last
 * row of its number. "Client.cpp" is github.com/tdlib/telegram-bot-api, the server that writes these sentences; rows
 * marked "as met" rest on what users of the API report, their wording was not read there.
 */
export const REFUSALS: readonly Row[] = [
  // The person. Client.cpp fail_query_with_error (blocked, deactivated); the others as met
  row('chat_not_found', 400, 'gone', 'Bad Request: chat not found', /chat not found|PEER_ID_INVALID/i),
  row('blocked', 403, 'gone', 'Forbidden: bot was blocked by the user', /blocked/i),
  row('deactivated', 403, 'gone', 'Forbidden: user is deactivated', /deactivated/i),
  row('never_started', 403, 'gone', "Forbidden: bot can't initiate conversation with a user", /initiate/i),
  row('forbidden', 403, 'gone', "Forbidden: bots can't send messages to bots"),
  // The message: it will not be better the next time. As met; limits: core.telegram.org/bots/api#sendmessage
  row('text_empty', 400, 'give_up', 'Bad Request: message text is empty', /text is empty/i),
  row('text_too_long', 400, 'give_up', 'Bad Request: message is too long', /message is too long/i),
  row('caption_too_long', 400, 'give_up', 'Bad Request: message caption is too long', /caption is too long/i),
  row('not_utf8', 400, 'give_up', 'Bad Request: strings must be encoded in UTF-8', /UTF-8/i),
  row('not_parsed', 400, 'give_up', "Bad Request: can't parse entities: at offset 1", /can't parse/i),
  row(
    'keyboard',
    400,
    'give_up',
    'Bad Request: BUTTON_DATA_INVALID',
    /BUTTON_|reply markup|inline keyboard/i,
  ),
  // A file we send. As met; limits: core.telegram.org/bots/api#sending-files
  row('file_unknown', 400, 'give_up', 'Bad Request: wrong remote file identifier specified', FILE_ID()),
  row(
    'file_refused',
    400,
    'give_up',
    'Bad Request: IMAGE_PROCESS_FAILED',
    /IMAGE_|PHOTO_|file must be non-empty/i,
  ),
  row('file_too_large', 413, 'give_up', 'Request Entity Too Large'),
  // A file we fetch. Client.cpp do_get_file (too big); the other as met
  row('file_too_big', 400, 'give_up', 'Bad Request: file is too big', /file is too big/i),
  row(
    'file_not_ready',
    400,
    'retry',
    'Bad Request: wrong file_id or the file is temporarily unavailable',
    /temporarily unavailable/i,
  ),
  // Taking back. Client.cpp fail_query_with_error (can't be deleted); the other as met
  row('delete_unknown', 400, 'give_up', 'Bad Request: message to delete not found', /to delete not found/i),
  row(
    'delete_too_late',
    400,
    'give_up',
    "Bad Request: message can't be deleted for everyone",
    /can't be deleted/i,
  ),
  // Receiving. Client.cpp process_get_updates_query, abort_long_poll, on_webhook_closed
  row(
    'webhook_refused',
    400,
    'operator',
    'Bad Request: bad webhook: An HTTPS URL must be provided',
    /webhook/i,
  ),
  row(
    'webhook_active',
    409,
    'retry',
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    /webhook is active/i,
  ),
  row(
    'other_poller',
    409,
    'retry',
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  ),
  // The bot. ClientManager.cpp send; Client.cpp get_closing_error
  row('logged_out', 400, 'operator', 'Logged out', /logged out/i),
  row('token_refused', 401, 'operator', 'Unauthorized'),
  row('token_or_root_wrong', 404, 'operator', 'Not Found'),
  row('token_not_served', 421, 'operator', 'Misdirected Request: unallowed token specified'),
  row('bad_request', 400, 'give_up', 'Bad Request: something nobody has met yet'),
  // Too fast, or Telegram is troubled. Query.cpp set_retry_after_error
  row('too_fast', 429, 'wait', 'Too Many Requests: retry after 5'),
  row('trouble', 'server', 'retry', 'Internal Server Error: restart'),
];

/** Not Telegram's own words: an answer that is none of the Bot API's, e.g. of a provider that blocks it. */
export const notTelegram = (): SendFault => new SendFault('not_telegram', { kind: 'retry' });

/** Telegram could not be reached, or did not answer in time. */
export const unreachable = (): SendFault => new SendFault('unreachable', { kind: 'retry' });

/** When Telegram says "too fast" but not for how long, milliseconds. */
const SOME_WAIT = 30_000;

/**
 * The fault that a refusal is. A wait is the talk's: Telegram does not tell whether it speaks of one chat or of all of
 * them, and one person who makes the bot answer too much must not silence it for a child elsewhere. The sender widens it
 * to the channel when it sees a second person refused (`waits.ts`).
 */
export function faultOf({ status, description, retryAfter }: Refusal): SendFault {
  const found = REFUSALS.find(
    (candidate) =>
      (candidate.status === 'server' ? status >= 500 : candidate.status === status) &&
      (candidate.says?.test(description) ?? true),
  );
  if (found === undefined) return notTelegram();
  if (found.decision !== 'wait') return new SendFault(found.code, { kind: found.decision });
  const milliseconds = retryAfter === undefined ? SOME_WAIT : retryAfter * 1_000;
  return new SendFault(found.code, { kind: 'wait', milliseconds, scope: 'talk' });
}

function row(
  code: string,
  status: Row['status'],
  decision: Row['decision'],
  example: string,
  says?: RegExp,
): Row {
  return { code, status, decision, example, ...(says === undefined ? {} : { says }) };
}

function FILE_ID(): RegExp {
  return /(wrong|invalid) (remote )?file[_ ]?id(entifier)?(?! or the file)|FILE_REFERENCE_|file identifier\/HTTP URL/i;
}
