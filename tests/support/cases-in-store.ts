import { randomUUID } from 'node:crypto';
import type { Category } from '../../src/directory/directory.js';
import type { CaseActor } from '../../src/reports/case.js';
import type { Urgency } from '../../src/reports/report.js';
import { makeKeyPair } from '../../src/reports/sealing.js';
import type { Role } from '../../src/staff/staff.js';
import { holdersForReport, keepCaseKey } from '../../src/store/case-keys.js';
import type { Db } from '../../src/store/database.js';
import { type DispatchParts, dispatchReport } from '../../src/store/dispatch.js';
import { reports } from '../../src/store/schema.js';
import { createCrew } from './crew.js';
import { trueDirectory } from './true-directory.js';

/** A member of this agency who can open its cases, and so lets it receive them. */
export const addMember = (db: Db, agencyId: string, role: Role = 'handler'): Promise<CaseActor> =>
  createCrew(db, trueDirectory, Date.now).member(agencyId, role, `Cán bộ ${agencyId}`);

/** A report as the turn would have stored it, and its case. Resolves with the id of the case. */
export async function reportAndDispatch(
  parts: DispatchParts,
  report: {
    readonly receivedAt: Date;
    readonly urgency: Urgency;
    readonly category?: Category;
    readonly placeCode?: string;
    readonly accusedOffice?: 'commune_committee' | 'commune_police';
  },
): Promise<string> {
  const id = randomUUID();
  const clear = { category: 'physical_abuse' as const, placeCode: '30742', ...report };
  await parts.db.transaction(async (tx) => {
    await tx.insert(reports).values({ id, sealedContent: Buffer.from('sealed'), state: 'waiting', ...clear });
    const holders = await holdersForReport(tx, parts.directory, { id, ...clear }, report.receivedAt);
    await keepCaseKey(tx, id, await makeKeyPair(), holders);
  });
  const outcome = await dispatchReport(parts, id);
  if (outcome.kind !== 'opened') throw new Error(outcome.kind);
  return outcome.caseId;
}
