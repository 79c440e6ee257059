export interface IncomingLimits {
  /** Largest file that is kept, bytes. */
  readonly bytes: number;
  /** Longest that reading it may take, milliseconds. */
  readonly whole: number;
  /** Longest that may pass without a byte, milliseconds. */
  readonly silence: number;
}

/** 20 MB is also the most that a Telegram bot may fetch (core.telegram.org/bots/api#getfile). */
export const INCOMING_LIMITS: IncomingLimits = {
  bytes: 20 * 1024 * 1024,
  whole: 60_000,
  silence: 15_000,
};
