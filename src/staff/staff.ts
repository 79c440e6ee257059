import type { MemberKey } from '../reports/keys.js';

/**
 * Who works with the service: the port the console needs, fulfilled by the store. Every time is passed in; every token
 * arrives here already hashed (SHA-256, 32 bytes), the clear one exists only in a cookie or a one-time link.
 */

/** What a member of staff is here for. What each may do is the table in permissions.ts. */
export const ROLES = ['handler', 'lead', 'coordinator', 'content', 'oversight', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that work with cases and therefore belong to exactly one agency. */
export const CASE_ROLES: readonly Role[] = ['handler', 'lead', 'coordinator'];

export interface StaffMember {
  /** UUID, made by the caller. */
  readonly id: string;
  /** Lower case letters, digits, dot, dash, underscore; unique. */
  readonly signInName: string;
  /** As colleagues and cases show it. */
  readonly name: string;
  readonly role: Role;
  /** Present for the roles of `CASE_ROLES`. */
  readonly agencyId?: string;
  /** argon2id; absent until the invitation has been accepted. */
  readonly passphraseHash?: string;
  readonly disabled: boolean;
}

/** A member who has not chosen a passphrase yet. */
export type NewStaffMember = Omit<StaffMember, 'passphraseHash' | 'disabled'>;

/** A one-time link, as it is stored. A member has at most one; a new one replaces the old. */
export interface Invitation {
  readonly tokenHash: Buffer;
  readonly expiresAt: Date;
  /** Using it also takes the second step away: for somebody who lost telephone and recovery codes. */
  readonly resetsSecondStep?: boolean;
}

/** What comes of choosing a passphrase. */
export interface ChosenPassphrase {
  /** argon2id */
  readonly passphraseHash: string;
  readonly key: MemberKey;
}

/** Whether the code of the second step was given in this session; until then it opens only the pages of that step. */
export type SecondStepStage = 'due' | 'passed';

/** Coarse kinds of browser and system, for people to know their own devices again. */
export interface Device {
  readonly browser: string;
  readonly system: string;
}

export interface StaffSession extends Device {
  readonly tokenHash: Buffer;
  /** UUID; names the session in forms and logs and opens nothing. */
  readonly id: string;
  readonly staffId: string;
  readonly secondStep: SecondStepStage;
  /** Repeated in every form of this session (synchroniser token). */
  readonly csrfToken: string;
  /** The member's opened identity, under a key made of the clear token. */
  readonly sealedKeys?: Uint8Array;
  readonly createdAt: Date;
  readonly lastSeen: Date;
}

/** The oldest times a session may have and still be good. */
export interface SessionLimits {
  /** Began at this time or later (absolute end). */
  readonly createdSince: Date;
  /** Used at this time or later (idle end). */
  readonly seenSince: Date;
}

export interface StaffDirectory {
  /** The member with this sign-in name (already lower case), also a disabled one or one still invited. */
  bySignInName(signInName: string): Promise<StaffMember | undefined>;
  byId(staffId: string): Promise<StaffMember | undefined>;
  /** Everybody, by name. */
  list(): Promise<StaffMember[]>;

  /** Adds the member and their invitation together. `name_taken`: the sign-in name is in use, nothing was added. */
  add(member: NewStaffMember, invitation: Invitation, now: Date): Promise<'added' | 'name_taken'>;
  /** Gives a member, not disabled, a fresh link in place of an older one. Passphrase and sessions stay until it is used. False when there is no such member. */
  renewInvitation(staffId: string, invitation: Invitation): Promise<boolean>;
  /** Whom an unexpired invitation is for; undefined when unknown, used, expired or the member is disabled. */
  invited(tokenHash: Buffer, now: Date): Promise<StaffMember | undefined>;
  /**
   * Uses the invitation up: sets the passphrase and the key that it opens, takes away every copy sealed to an earlier key, ends
   * every session of the member, forgets the link, all together. Of two at once one wins, the other gets undefined.
   */
  acceptInvitation(tokenHash: Buffer, chosen: ChosenPassphrase, now: Date): Promise<StaffMember | undefined>;
  /** Another passphrase for the same key. Ends the member's other sessions; `keptSession` is the hash of this one's token. */
  changePassphrase(
    staffId: string,
    chosen: { readonly passphraseHash: string; readonly sealedIdentity: Uint8Array },
    keptSession: Buffer,
  ): Promise<void>;
  /** The member's key as it is kept; undefined until the invitation has been accepted. */
  keyOf(staffId: string): Promise<MemberKey | undefined>;
  /** Disables (sessions, invitation and copies of keys end at once) or enables again; then somebody must let them in anew. False when there is no such member. */
  setDisabled(staffId: string, disabled: boolean): Promise<boolean>;

  startSession(session: StaffSession): Promise<void>;
  /** The session and its member, when within the limits and the member is not disabled. Does not touch it. */
  findSession(
    tokenHash: Buffer,
    limits: SessionLimits,
  ): Promise<{ readonly session: StaffSession; readonly member: StaffMember } | undefined>;
  /** Notes that it was used. Unknown: nothing happens. */
  touchSession(tokenHash: Buffer, now: Date): Promise<void>;
  /** The second step was done in this session. */
  passSecondStep(tokenHash: Buffer): Promise<void>;
  /** The sessions of this member that are good, the one used last first. */
  listSessions(staffId: string, limits: SessionLimits): Promise<StaffSession[]>;
  endSession(tokenHash: Buffer): Promise<void>;
  /** Ends every session of this member, but for the one with the id `except`. */
  endSessions(staffId: string, except?: string): Promise<void>;
  /** Ends one session of this member; false when they have none with this id. */
  endSessionOf(staffId: string, sessionId: string): Promise<boolean>;
}
