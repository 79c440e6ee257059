import { and, eq } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import type { Deadlines } from '../reports/deadlines.js';
import { CaseStaysSealed, type MemberKeys } from '../reports/member-keys.js';
import { addExclusion } from './add-exclusion.js';
import { moveLead } from './case-agencies.js';
import {
  agenciesHolding,
  grantCase,
  openCaseKey,
  openWithCase,
  revokeCase,
  sealForCase,
} from './case-keys.js';
import { settleClocks } from './clocks.js';
import type { Db } from './database.js';
import { excludedFrom, isExcluded } from './exclusions.js';
import { caseAgencies, cases, referrals } from './schema.js';

/** Gives an agency's key the case, or takes it away. Which keys there are is decided by whoever fulfils it. */
export interface CaseKeyring {
  /** @param actorKeys of the member who acts: whoever grants must be able to open the case */
  grantCase(tx: Db, actorKeys: MemberKeys | undefined, reportId: string, agencyId: string): Promise<void>;
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
    actorKeys: MemberKeys | undefined,
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
 * On the database. Excluded are those of `report_exclusions`: the accused person's office with whoever shares its people, and
 * every agency that handed the case back or refused it for a conflict of interest; with it those that share its people lose the key.
 */
export function createCasePorts(
  directory: Pick<Directory, 'agency' | 'excludedWith' | 'communeAgencyId'>,
  deadlines: Deadlines,
): CasePorts {
  const settle: ClocksOfCase['settle'] = (tx, caseId, at) =>
    settleClocks(tx, { directory, deadlines }, caseId, at);
  return {
    clocks: { settle },
    keyring: {
      grantCase(tx, actorKeys, reportId, agencyId) {
        if (!actorKeys) throw new CaseStaysSealed([]);
        return grantCase(tx, actorKeys, reportId, agencyId);
      },
      async revokeCase(tx, reportId, agencyId) {
        if (!(await hasRightTo(tx, reportId, agencyId))) await revokeCase(tx, reportId, agencyId);
      },
    },
    sealer: {
      sealForCase: (tx, reportId, _purpose, text) => sealForCase(tx, reportId, text),
      async openWithCase(tx, actorKeys, reportId, _purpose, sealed) {
        if (!actorKeys) throw new CaseStaysSealed([]);
        return openWithCase(sealed, await openCaseKey(tx, actorKeys, reportId));
      },
    },
    exclusions: {
      isExcluded,
      async exclude(tx, reportId, { agencyId, staffId }, at) {
        await addExclusion(tx, directory, { reportId, agencyId, staffId }, at);
        const excluded = await excludedFrom(tx, reportId);
        // Its own key goes last, with `revokeCase`: it may have to give the case away first.
        for (const holder of await agenciesHolding(tx, reportId))
          if (holder !== agencyId && excluded.has(holder)) await revokeCase(tx, reportId, holder);
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

/** Leads the case, stands above the lead, or holds an accepted opening; an excluded agency never. */
async function hasRightTo(tx: Db, reportId: string, agencyId: string): Promise<boolean> {
  if (await isExcluded(tx, reportId, agencyId)) return false;
  const [found] = await tx
    .select({ id: cases.id, lead: cases.agencyId })
    .from(cases)
    .where(eq(cases.reportId, reportId));
  if (!found || found.lead === agencyId) return found !== undefined;
  const above = and(
    eq(caseAgencies.caseId, found.id),
    eq(caseAgencies.agencyId, agencyId),
    eq(caseAgencies.role, 'above'),
  );
  const opened = and(
    eq(referrals.caseId, found.id),
    eq(referrals.toAgency, agencyId),
    eq(referrals.kind, 'open'),
    eq(referrals.state, 'accepted'),
  );
  return (await tx.$count(caseAgencies, above)) + (await tx.$count(referrals, opened)) > 0;
}
