import type { TelegramSettings } from '../../settings.js';
import type { Sender } from '../channel.js';
import type { PushChannelDeps } from '../push-channel.js';
import type { BotApi } from './bot-api.js';
import type { BotName } from './bot-name.js';

export type TelegramDeps = PushChannelDeps & { readonly settings: TelegramSettings };

/** How patient the channel is, milliseconds. Tests are less so. */
export interface Timing {
  /** Pauses after a fault double from the first to the longest. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** Between two tries of a message that could not be stored. At least 500: a poll of the same place within half a second shows one update only (Client.cpp process_get_updates_query). */
  readonly untilStored: number;
  /** Between two looks at whether Telegram still reaches our webhook. */
  readonly webhookCheck: number;
  /** How long Telegram holds an empty poll open. */
  readonly poll: number;
}

export const TIMING: Timing = {
  firstPause: 1_000,
  longestPause: 60_000,
  untilStored: 1_000,
  webhookCheck: 300_000,
  poll: 25_000,
};

/** What the files of this folder share. */
export interface TelegramParts {
  readonly deps: TelegramDeps;
  readonly api: BotApi;
  readonly name: BotName;
  readonly sender: Sender;
  readonly timing: Timing;
}
