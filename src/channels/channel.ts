import type { ChannelName } from '../conversation/message.js';

/** What a channel can show. A flow whose step does not fit cannot go live on that channel. */
export interface ChannelLimits {
  /** Longest message the channel shows in one piece, in characters. */
  readonly textCharacters: number;
  /** Most choices under one message. */
  readonly choices: number;
  /** Longest label of a choice, in characters. */
  readonly labelCharacters: number;
}

/** The same few facts about every channel. Parsing and sending live in the channel's own folder. */
export interface Channel {
  readonly name: ChannelName;
  readonly limits: ChannelLimits;
  /** Whether a message can reach the person while they are away. Where it cannot, they come back and ask. */
  readonly reachesAway: boolean;
}
