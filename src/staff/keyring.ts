import type { MemberKeys } from '../reports/member-keys.js';

/**
 * The keys of agencies in the hands of their members: the port the console needs, fulfilled by the store. Nothing here works
 * without the identity of a member who is signed in. Which key opens which: docs/decisions/sealing.md.
 */
export interface Keyring {
  /**
   * Call it whenever a member signs in. The first member of an agency makes its key; everybody makes the copies of it that
   * are missing (for the level above, for a new recovery key) and goes on with a change of keys that was interrupted.
   */
  arrive(keys: MemberKeys): Promise<void>;
  standing(keys: MemberKeys): Promise<KeyStanding>;
  /** Reports that nobody can open but with the recovery key; for the alarm that needs no key. */
  reportsWaiting(): Promise<number>;
  /** Lets a member into their agency. `no_key`: this member cannot open that agency's key. */
  letIn(keys: MemberKeys, staffId: string): Promise<'let_in' | 'not_found' | 'no_key'>;
  /**
   * Gives the agency a new key and moves every case to it, in the background of this process; goes on at the next `arrive` when
   * it was interrupted. `busy`: the last change is not done yet.
   */
  changeAgencyKey(keys: MemberKeys): Promise<'begun' | 'busy' | 'no_key'>;
  /**
   * The printed recovery key was typed in: lets this member into their agency, and seals every report that only that key opens
   * to the agencies responsible, in the background of this process. Typed in again it goes on where it stopped.
   */
  useRecoveryKey(keys: MemberKeys, typed: string): Promise<'begun' | 'wrong'>;
}

/** How it stands with an agency's key, as one of its members sees it. */
export interface KeyStanding {
  /** Whether the agency's cases open for this member. */
  readonly held: boolean;
  /** Since when the agency has the key in use. Absent: it has none yet. */
  readonly madeAt?: Date;
  /** Who can let this member in: colleagues, else members of the level above. */
  readonly helpers: readonly { readonly name: string; readonly agencyId: string }[];
  /** Whom this member can let in. */
  readonly waiting: readonly WaitingMember[];
  /** Cases that still lie under the agency's older key. Absent: no change of keys is under way. */
  readonly moving?: { readonly left: number; readonly working: boolean };
  /** Reports that nobody can open but with the recovery key. */
  readonly reportsWaiting: number;
  /** This process is sealing them to the responsible agencies just now. */
  readonly recovering: boolean;
}

/** Somebody with a passphrase, a role that works with cases, and no key of their agency yet. */
export interface WaitingMember {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly agencyId: string;
  /** When they chose their passphrase. */
  readonly since: Date;
}
