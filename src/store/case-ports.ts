import type { Directory } from '../directory/directory.js';
import type { ActorKeys } from '../reports/case.js';
import type { Deadlines } from '../reports/deadlines.js';
import { addExclusion } from './add-exclusion.js';
import { moveLead } from './case-agencies.js';
import { settleClocks } from './clocks.js';
import type { Db } from './database.js';
import { isExcluded } from './exclusions.js';
import type { ServiceCipher } from './service-cipher.js';

/** Gives an agency's key the case, or takes it away. Which keys there are is decided by whoever fulfils it. */
export interface CaseKeyring {
  /** @param actorKeys of the member who acts: whoever grants must be able to open the case */
  grantCase(tx: Db, actorKeys: ActorKeys | undefined, reportId: string, agencyId: string): Promise<void>;
  /**
   * Takes it away, unless the agency has another right to it: it leads the case, is the level above the lead, or holds an
   * accepted opening. An excluded agency has none of these. Called when the rows already say so.
   */
  revokeCase(tx: Db, reportId: string, agencyId: string): Promise<void>;
}

/** Seals what staff write in a case. `purpose` names the row, so that a value cannot be moved to another. */
export interface CaseSealer {
  sealForCase(tx: Db, reportId: string, purpose: string, text: string): Promise<Uint8Array>;
  openWithCase(
    tx: Db,
    actorKeys: ActorKeys | undefined,
    reportId: string,
    purpose: string,
    sealed: Uint8Array,
  ): Promise<string>;
}

/** Which agencies must never get a case. */
export interface Exclusions {
  isExcluded(tx: Db, reportId: string, agencyId: string): Promise<boolean>;
  /** From now on this agency must never get it: it said itself that it has a conflict of interest. */
  exclude(
    tx: Db,
    reportId: string,
    found: { readonly agencyId: string; readonly staffId: string },
    at: Date,
  ): Promise<void>;
}

/** Which agencies stand around a case. */
export interface AgenciesOfCase {
  /** The case lies with this agency now; the row already says so. */
  leadMoved(
    tx: Db,
    moved: { readonly caseId: string; readonly reportId: string; readonly agencyId: string },
    at: Date,
  ): Promise<void>;
}

/** The clocks of a case follow what was done in it; see `settleClocks`. Called in the transaction of every act that may start or stop one. */
export interface ClocksOfCase {
  settle(tx: Db, caseId: string, at: Date): Promise<unknown>;
}

export interface CasePorts {
  readonly clocks: ClocksOfCase;
  readonly keyring: CaseKeyring;
  readonly sealer: CaseSealer;
  readonly exclusions: Exclusions;
  readonly agencies: AgenciesOfCase;
}

/**
 * Without keys of agencies: what is written is encrypted with the service key, and there is nothing to grant. Excluded are
 * those of `report_exclusions`: the accused person's office with whoever shares its people, and every agency that handed the case
 * back or refused it for a conflict of interest.
 */
export function plainCasePorts(
  cipher: ServiceCipher,
  directory: Pick<Directory, 'agency' | 'excludedWith' | 'communeAgencyId'>,
  deadlines: Deadlines,
): CasePorts {
  const settle: ClocksOfCase['settle'] = (tx, caseId, at) =>
    settleClocks(tx, { directory, deadlines }, caseId, at);
  return {
    clocks: { settle },
    keyring: { grantCase: async () => undefined, revokeCase: async () => undefined },
    sealer: {
      sealForCase: async (_tx, _reportId, purpose, text) => cipher.seal(purpose, text),
      openWithCase: async (_tx, _keys, _reportId, purpose, sealed) => cipher.unseal(purpose, sealed),
    },
    exclusions: {
      isExcluded,
      async exclude(tx, reportId, { agencyId, staffId }, at) {
        await addExclusion(tx, directory, { reportId, agencyId, staffId }, at);
      },
    },
    agencies: {
      async leadMoved(tx, moved, at) {
        await moveLead(tx, directory, moved, at);
        await settle(tx, moved.caseId, at);
      },
    },
  };
}
