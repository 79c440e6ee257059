import { type Channel, hours } from '../channel.js';

/**
 * Telegram's facts. Where Telegram names no limit, ours is what stays readable on a small phone: one button a row, so at
 * most 16, and 40 characters, as its apps cut a longer label off at the edge.
 */
export const telegram: Channel = {
  name: 'telegram',
  limits: {
    textCharacters: 4_096, // core.telegram.org/bots/api#sendmessage
    choices: 16,
    labelCharacters: 40,
    choiceIdBytes: 64, // core.telegram.org/bots/api#inlinekeyboardbutton
  },
  reachesAway: true,
  // At most 30 a second to all (five fewer, as calls do not arrive evenly), one a second to one person: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
  pace: { overall: 1_000 / 25, perTalk: 1_000 },
  // 48 hours, less one for the way there: core.telegram.org/bots/api#deletemessage
  canRetractFor: hours(47),
};
