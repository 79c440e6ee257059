import type { ChannelName, Outgoing } from '../conversation/message.js';

const HOUR = 3_600_000;

/** What a channel can show. A flow whose step does not fit cannot go live on that channel. */
export interface ChannelLimits {
  /** Longest message the channel shows in one piece, in UTF-16 units; a longer text goes out in several. */
  readonly textCharacters: number;
  /** Most buttons under one message; more choices become a numbered list that takes the number or the words. */
  readonly choices: number;
  /** Longest label of a choice, in characters. */
  readonly labelCharacters: number;
  /** Longest id of a choice that a button can carry, in UTF-8 bytes. */
  readonly choiceIdBytes: number;
}

/** How fast a platform takes messages from us. */
export interface ChannelPace {
  /** Least time between two messages of the whole service, milliseconds. */
  readonly overall: number;
  /** Least time between two messages to one person, milliseconds. */
  readonly perTalk: number;
}

/** How long after a person last wrote we may write to them, milliseconds. */
export interface ReplyWindow {
  /** Until then it costs nothing. */
  readonly free: number;
  /** After that the platform refuses it. */
  readonly open: number;
}

/** The same few facts about every channel. Parsing and sending live in the channel's own folder. */
export interface Channel {
  readonly name: ChannelName;
  readonly limits: ChannelLimits;
  /** Whether a message can reach the person while they are away. Where it cannot, they come back and ask. */
  readonly reachesAway: boolean;
  /** Absent where we hand messages over ourselves (web chat). */
  readonly pace?: ChannelPace;
  /** Absent where one may write at any time. */
  readonly replyWindow?: ReplyWindow;
  /** How long after sending a message can be taken back, milliseconds; absent where it cannot. */
  readonly canRetractFor?: number;
}

export const hours = (count: number): number => count * HOUR;

/**
 * What is to be done about a message that a platform did not take. Each channel has one table from the platform's
 * errors to these.
 * - `retry` we could not reach them, or they are troubled: again with growing pauses
 * - `wait` they said when: this person (`talk`) or everybody (`channel`) waits that many milliseconds
 * - `hold` not before the person writes again (the reply window is closed): the message stays in the mailbox until then
 * - `gone` the person has blocked or left us: nothing is pushed any more, the mailbox is for them to open
 * - `give_up` this message will never be taken: staff are told
 * - `operator` nothing will be taken until a person mends it (grant lost, package ended): an alarm; tried again now and then
 */
export type SendDecision =
  | { readonly kind: 'retry' }
  | { readonly kind: 'wait'; readonly milliseconds: number; readonly scope: 'talk' | 'channel' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'give_up' }
  | { readonly kind: 'operator' };

/** A platform did not take something; `code` is a short name of the cause from the channel's table, never content. */
export class SendFault extends Error {
  constructor(
    readonly code: string,
    readonly decision: SendDecision,
  ) {
    super(`The platform did not take it: ${code}.`);
  }
}

/** A file as it came from a platform: its bytes, still to be read, and nothing else; names and types it claims are not believed. */
export interface IncomingFile {
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A file could not be fetched. `again`: worth another try (network, platform in trouble); else never. */
export class FetchFault extends Error {
  constructor(
    readonly code: string,
    readonly again: boolean,
  ) {
    super(`The file could not be fetched: ${code}.`);
  }
}

/** Carries messages to a platform. Any process can make one; it keeps no state of its own that matters. */
export interface Sender {
  /** In how many pieces (messages of the platform) this message goes out: 1 or more. Pure. */
  pieces(message: Outgoing): number;
  /**
   * Sends one piece, counted from 0. Resolves with the platform's id of it, by which it can be taken back; "" where there is none.
   * @throws SendFault and nothing else.
   */
  send(address: string, message: Outgoing, piece: number): Promise<string>;
  /** Takes back what can still be taken back of both sides' messages in this chat. Ids too old or unknown are passed over. @throws SendFault */
  retract?(address: string, receipts: readonly string[]): Promise<void>;
  /** Begins to fetch a file the person sent, only from the platform's own hosts. @throws FetchFault */
  fetch?(source: string, signal: AbortSignal): Promise<IncomingFile>;
}
