import type { Identity } from './sealing.js';

/** A member at work: what opens for them hangs on their identity, which only their session holds. */
export interface MemberKeys {
  readonly staffId: string;
  readonly agencyId: string;
  /**
   * Opened with the passphrase at sign-in; undefined: nothing that is sealed opens. Always named, so that nobody is taken for
   * somebody without keys because a caller forgot them.
   */
  readonly identity: Identity | undefined;
}

/** The member's keys do not open what was asked for, or the agency to be given something has no key. */
export class NoKey extends Error {
  constructor() {
    super('There is no key for this here.');
    this.name = 'NoKey';
  }
}

/** The case is there and is sealed for others. Retrying does not help; somebody of these agencies can let the member in. */
export class CaseStaysSealed extends Error {
  /** @param agencyIds who can open it; none: only the recovery key can */
  constructor(readonly agencyIds: readonly string[]) {
    super('The case is sealed for others.');
    this.name = 'CaseStaysSealed';
  }
}
