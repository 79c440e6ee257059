import type { ChannelName } from '../conversation/message.js';
import type { Channel } from './channel.js';
import { telegram } from './telegram/channel.js';
import { webchat } from './webchat/channel.js';
import { zalo } from './zalo/channel.js';
import { zaloBot } from './zalo-bot/channel.js';

/** The channels this version has, whether switched on or not. */
export const CHANNELS: Readonly<Record<ChannelName, Channel>> = {
  webchat,
  telegram,
  zalo,
  zalo_bot: zaloBot,
};
