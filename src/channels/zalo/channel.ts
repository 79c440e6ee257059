import { type Channel, hours } from '../channel.js';
import { CHOICE_PREFIX, MAX_PAYLOAD } from './choice.js';

/**
 * The Zalo Official Account. Zalo's pages stand at docs.zaloplatforms.com/docs/OA: text 2,000 characters
 * (tin-nhan/tin-tu-van; the unit is not said, UTF-16 units after NFC are the safe reading), 5 buttons with titles of 100
 * characters and payloads of 1,000, answers free for 48 hours and possible for 7 days after the person's last act
 * (dieu-kien-gui-tin-tu-van), 4,000 calls a minute for an app (phu-luc/gioi-han-toc-do-api). Nothing sent can be taken back.
 */
export const zalo: Channel = {
  name: 'zalo',
  limits: {
    textCharacters: 2_000,
    choices: 5,
    labelCharacters: 100,
    choiceIdBytes: MAX_PAYLOAD - CHOICE_PREFIX.length,
  },
  reachesAway: true,
  // 3,000 a minute: the rest is for uploads, tokens and the second tries within one call.
  // Zalo says nothing of a least time for one person; this one keeps pieces apart on the phone.
  pace: { overall: 20, perTalk: 300 },
  replyWindow: { free: hours(48), open: hours(7 * 24) },
};
