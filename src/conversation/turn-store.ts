import type { Urgency } from '../reports/report.js';
import type { ChannelName, Incoming, MediaKind, Outgoing } from './message.js';
import type { Call, CallOutcome, Talk } from './talk.js';

/** How a turn ends: what is saved and what goes out, in order. */
export interface TurnEnd {
  readonly talk: Talk;
  readonly outgoing: readonly Outgoing[];
  /** When the talk wants to be woken if nobody writes before, milliseconds since 1970. */
  readonly wakeAt?: number;
  /** Delete the talk, its unsent messages and its ties to mailboxes; `outgoing` is still given to the person. */
  readonly forget: boolean;
}

/** An open turn: the talk is locked, everything done through it commits or vanishes together. */
export interface OpenTurn {
  /** The stored talk; undefined for a new contact or one whose talk can no longer be read. */
  readonly talk: Talk | undefined;
  /** Performs a step's call inside the transaction. */
  perform(call: Call, now: number): Promise<CallOutcome>;
  /** Notes a file that is still to be fetched as evidence of this talk, under an id of the caller's; not when the talk holds enough. */
  keepEvidence(
    id: string,
    media: { readonly media: MediaKind; readonly source: string },
    now: number,
  ): Promise<'noted' | 'too_many'>;
}

/** What the outside should be told after the commit; ids only. */
export interface Committed {
  /** Messages to be delivered, in order; `urgent` goes before all others (emergency cards). */
  readonly outbox: readonly { readonly id: string; readonly urgent: boolean }[];
  /** Files to be fetched. */
  readonly evidence: readonly string[];
  /** Messages to be taken back because the person asked to forget. */
  readonly retractions: readonly string[];
  readonly reports: readonly { readonly id: string; readonly urgency: Urgency }[];
}

export type StoredTurn =
  | { readonly kind: 'done'; readonly messages: readonly Outgoing[]; readonly committed: Committed }
  /** Taken before: the messages of that time, as far as they are still kept. */
  | { readonly kind: 'duplicate'; readonly messages: readonly Outgoing[] };

/** The store's side of a turn: one transaction. */
export interface TurnStore {
  /**
   * Runs `work` on a talk whose time to be woken has come, locked as in a turn, and commits what it says. Undefined, and
   * nothing done, when somebody wrote meanwhile, it was woken already, or it is gone.
   */
  wakeTalk(
    talkId: string,
    now: number,
    work: (turn: OpenTurn & { readonly channel: ChannelName; readonly talk: Talk }) => Promise<TurnEnd>,
  ): Promise<Committed | undefined>;
  /**
   * Enters the message id in the inbox, locks the contact's talk, runs `work`, writes talk and outbox, commits.
   * @throws when the database is away or anything fails; nothing is stored then.
   */
  takeTurn(incoming: Incoming, now: number, work: (turn: OpenTurn) => Promise<TurnEnd>): Promise<StoredTurn>;
}
