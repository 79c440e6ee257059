import type { Channel } from '../channel.js';

/** The web chat: our own page, so the limits are what stays readable on a small phone. */
export const webchat: Channel = {
  name: 'webchat',
  limits: { textCharacters: 8_000, choices: 16, labelCharacters: 80, choiceIdBytes: 200 },
  reachesAway: false,
};
