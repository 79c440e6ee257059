import { and, eq, or, sql } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import type { ActorKeys } from '../reports/case.js';
import type { Db } from './database.js';
import { cases, referrals, reports } from './schema.js';
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
  exclude(tx: Db, reportId: string, agencyId: string, at: Date): Promise<void>;
}

export interface CasePorts {
  readonly keyring: CaseKeyring;
  readonly sealer: CaseSealer;
  readonly exclusions: Exclusions;
}

/**
 * Without keys of agencies: what is written is encrypted with the service key, and there is nothing to grant. Excluded are
 * the accused person's office, and every agency that handed the case back or refused it for a conflict of interest.
 */
export function plainCasePorts(
  cipher: ServiceCipher,
  directory: Pick<Directory, 'communeAgencyId'>,
): CasePorts {
  return {
    keyring: { grantCase: async () => undefined, revokeCase: async () => undefined },
    sealer: {
      sealForCase: async (_tx, _reportId, purpose, text) => cipher.seal(purpose, text),
      openWithCase: async (_tx, _keys, _reportId, purpose, sealed) => cipher.unseal(purpose, sealed),
    },
    exclusions: {
      // What was said is in `referrals` already, and read from there.
      exclude: async () => undefined,
      async isExcluded(tx, reportId, agencyId) {
        const [report] = await tx
          .select({ office: reports.accusedOffice, placeCode: reports.placeCode })
          .from(reports)
          .where(eq(reports.id, reportId));
        if (
          report?.office &&
          report.placeCode !== null &&
          directory.communeAgencyId(report.office, report.placeCode) === agencyId
        )
          return true;
        const conflict = sql`'conflict_of_interest'`;
        const [said] = await tx
          .select({ id: referrals.id })
          .from(referrals)
          .innerJoin(cases, eq(cases.id, referrals.caseId))
          .where(
            and(
              eq(cases.reportId, reportId),
              or(
                and(
                  eq(referrals.kind, 'hand_back'),
                  eq(referrals.fromAgency, agencyId),
                  sql`${referrals.reason} = ${conflict}`,
                ),
                and(eq(referrals.toAgency, agencyId), sql`${referrals.answerReason} = ${conflict}`),
              ),
            ),
          )
          .limit(1);
        return said !== undefined;
      },
    },
  };
}
