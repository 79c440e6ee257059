import { eq } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import { offerable } from '../directory/receivers.js';
import type { ExclusionReason } from '../reports/exclusion.js';
import type { Db } from './database.js';
import { reportExclusions, reports } from './schema.js';

/** The agencies that must never get this report. Take it inside the transaction that gives something to an agency. */
export async function excludedFrom(tx: Db, reportId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ agencyId: reportExclusions.agencyId })
    .from(reportExclusions)
    .where(eq(reportExclusions.reportId, reportId));
  return new Set(rows.map((row) => row.agencyId));
}

export const isExcluded = async (tx: Db, reportId: string, agencyId: string): Promise<boolean> =>
  (await excludedFrom(tx, reportId)).has(agencyId);

/** Who of these may be offered the case of this report; see `offerable`. */
export const offerableFor = async (
  tx: Db,
  reportId: string,
  agencyIds: readonly string[],
): Promise<string[]> => offerable(await excludedFrom(tx, reportId), agencyIds);

/** Notes whom the reporter's answer keeps out, once. */
export async function excludeAccused(
  tx: Db,
  directory: Pick<Directory, 'exclusionsOf'>,
  reportId: string,
  at: Date,
): Promise<void> {
  const [report] = await tx
    .select({ office: reports.accusedOffice, placeCode: reports.placeCode })
    .from(reports)
    .where(eq(reports.id, reportId));
  if (!report?.office) return;
  await insertExclusions(
    tx,
    reportId,
    directory.exclusionsOf(report.office, report.placeCode ?? undefined),
    null,
    at,
  );
}

/** Adds rows, each once. Resolves with the agencies that were not kept out before. */
export async function insertExclusions(
  tx: Db,
  reportId: string,
  agencies: readonly { readonly agencyId: string; readonly why: ExclusionReason }[],
  staffId: string | null,
  at: Date,
): Promise<string[]> {
  if (agencies.length === 0) return [];
  const rows = await tx
    .insert(reportExclusions)
    .values(agencies.map(({ agencyId, why }) => ({ reportId, agencyId, why, staffId, at })))
    .onConflictDoNothing()
    .returning({ agencyId: reportExclusions.agencyId });
  return rows.map((row) => row.agencyId);
}
