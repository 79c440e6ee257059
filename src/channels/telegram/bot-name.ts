import type { BotApi } from './bot-api.js';
import { me } from './wire.js';

/** The bot's @name, asked of Telegram once and again until it answers. */
export interface BotName {
  /** What is known by now, without waiting. */
  readonly known: string | undefined;
  /** Asks when it is not known yet. Never rejects. */
  learn(): Promise<string | undefined>;
}

export function createBotName(api: BotApi): BotName {
  let known: string | undefined;
  let asking: Promise<string | undefined> | undefined;
  const ask = async (): Promise<string | undefined> => {
    try {
      known = me.parse(await api.getMe()).username;
    } catch {
      // Without it the bot only does not hear its name in groups; whoever needs it asks again.
    }
    asking = undefined;
    return known;
  };
  return {
    get known() {
      return known;
    },
    async learn() {
      if (known !== undefined) return known;
      asking ??= ask();
      return asking;
    },
  };
}
