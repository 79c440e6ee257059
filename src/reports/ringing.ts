/** Why somebody is rung: `waiting` an urgent case that nobody has accepted · `due_soon`, `overdue` a clock of a case. */
export type RingReason = 'waiting' | 'due_soon' | 'overdue';

/** `dropped`: it was no longer needed when its turn came. */
export type RingState = 'waiting' | 'delivered' | 'failed' | 'dropped';

/** An urgent case that nobody accepts is rung for again after this, milliseconds. */
export const RING_EVERY = 5 * 60_000;

/**
 * What a ring says: that something waits, its number and a link. It appears on locked screens and travels over other people's
 * servers, so that it names no kind of harm, no place and nobody.
 */
export interface RingMessage {
  readonly number: string;
  readonly link: string;
  readonly text: string;
}
