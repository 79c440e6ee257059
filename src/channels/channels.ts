import type { ChannelName } from '../conversation/message.js';
import type { Channel } from './channel.js';
import { webchat } from './webchat/channel.js';

/** The channels this version has. */
export const CHANNELS: Partial<Record<ChannelName, Channel>> = { webchat };
