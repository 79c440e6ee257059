import type { Incoming, Outgoing } from './message.js';

/**
 * What a turn came to. `done` committed, the messages are in the outbox · `duplicate` this message id was taken before:
 * the messages of that first time, where they are still kept · `unavailable` nothing was stored (database away): the
 * messages are the emergency card or one kind sentence with 111, to be sent at once, and the platform must not be acknowledged.
 */
export interface TurnOutcome {
  readonly kind: 'done' | 'duplicate' | 'unavailable';
  readonly messages: readonly Outgoing[];
}

/** The one way in for every channel: carries one incoming message through one turn. Never rejects. */
export type ReceiveMessage = (incoming: Incoming) => Promise<TurnOutcome>;
