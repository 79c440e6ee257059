/**
 * The second step of the sign-in: a code of an authenticator app, or one of ten recovery codes. The port the console
 * needs, fulfilled by the store. Each `use…` counts once, however many processes are asked at the same moment.
 */

/** What a member has. */
export interface SecondStep {
  /** The confirmed secret, base32; absent: none yet, or taken away by an invitation. */
  readonly secret?: string;
  /** The newest 30-second step whose code was used. */
  readonly lastStep?: number;
  readonly codesLeft: number;
}

/** What the list of people shows of a member's second step. */
export interface SecondStepNote {
  readonly isSet: boolean;
  /** A link that takes it away was made and not used yet. */
  readonly resetWaits: boolean;
  /** When such a link was last used. */
  readonly resetAt?: Date;
}

export interface SecondSteps {
  of(staffId: string): Promise<SecondStep>;
  /** Of everybody about whom there is something to say, by the id of the member. */
  notes(now: Date): Promise<ReadonlyMap<string, SecondStepNote>>;

  /** Keeps this secret until its first code is typed, in place of one offered earlier. A confirmed one goes on working. */
  offer(staffId: string, secret: string): Promise<void>;
  /** The secret that waits for its first code. */
  offered(staffId: string): Promise<string | undefined>;
  /** The first code was right: the offered secret counts from now on, from after this step. Of two at once one wins. */
  confirmOffer(staffId: string, step: number): Promise<boolean>;

  /** Counts one try before anything is compared; after several in a row the next ones must wait (`pauseAfter`). */
  countTry(staffId: string, now: Date): Promise<{ allowed: true } | { allowed: false; until: Date }>;
  /** Uses the code of this step up and forgets the tries; false when it or a later one was used before. */
  useStep(staffId: string, step: number): Promise<boolean>;
  /** Uses a recovery code up and forgets the tries. `code`: as `readRecoveryCode` gives it. */
  useCode(staffId: string, code: string): Promise<boolean>;
  /** Puts fresh recovery codes in place of all earlier ones. */
  replaceCodes(staffId: string, codes: readonly string[]): Promise<void>;
}

const TRIES_IN_A_ROW = 5;
const PAUSES_MINUTES = [15, 60, 240] as const;

/**
 * How long nothing is taken after so many tries in a row without success, milliseconds; 0: go on. Somebody who holds
 * the passphrase so gets 30 guesses a day of three codes in a million.
 */
export function pauseAfter(tries: number): number {
  if (tries % TRIES_IN_A_ROW !== 0) return 0;
  const minutes = PAUSES_MINUTES[tries / TRIES_IN_A_ROW - 1] ?? PAUSES_MINUTES[2];
  return minutes * 60_000;
}
