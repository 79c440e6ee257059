import type { Channel } from '../channel.js';

/**
 * A bot of the Zalo Bot Platform: opened by anybody in minutes, with words only. Its limits are those of
 * docs.zaloplatforms.com/docs/BOT: `sendMessage` takes 1 to 2,000 characters; there are no buttons, so every choice is a
 * line of a numbered list; nothing can be taken back. The unit of the 2,000 is not told; UTF-16 units are the safest.
 * How fast it takes messages is not told either: ten a second, one a second to one person, is what other platforms take.
 * Whether a bot may write long after the person did is not told: the platform's answer decides each time.
 */
export const zaloBot: Channel = {
  name: 'zalo_bot',
  limits: { textCharacters: 2_000, choices: 0, labelCharacters: 200, choiceIdBytes: 200 },
  reachesAway: true,
  pace: { overall: 100, perTalk: 1_000 },
};
