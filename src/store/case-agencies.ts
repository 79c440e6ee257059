import { and, eq, inArray } from 'drizzle-orm';
import type { Agency, Directory } from '../directory/directory.js';
import { levelsAbove, offerable } from '../directory/receivers.js';
import type { Db } from './database.js';
import { excludedFrom } from './exclusions.js';
import { caseAgencies, cases } from './schema.js';

type AgencyRole = (typeof caseAgencies.$inferInsert)['role'];

/** Notes the agencies around a new case. @param around what routing found, without the excluded */
export async function noteAgencies(
  tx: Db,
  caseId: string,
  around: {
    readonly lead: Agency;
    readonly above: readonly Agency[];
    readonly cooperating: readonly Agency[];
  },
  at: Date,
): Promise<void> {
  const { lead, above, cooperating } = around;
  await put(tx, caseId, lead.id, 'lead', at);
  for (const { id } of above.slice(0, 1)) await put(tx, caseId, id, 'above', at);
  // Who is above already sees more than who cooperates.
  for (const { id } of cooperating) await put(tx, caseId, id, 'cooperating', at);
}

/**
 * The case has gone to another agency (referral, handing back): it leads now, with the next level above it that is not
 * excluded. The one before stays named as cooperating.
 */
export async function moveLead(
  tx: Db,
  tree: Pick<Directory, 'agency'>,
  moved: { readonly caseId: string; readonly reportId: string; readonly agencyId: string },
  at: Date,
): Promise<void> {
  const { caseId, reportId, agencyId } = moved;
  const excluded = await excludedFrom(tx, reportId);
  if (offerable(excluded, [agencyId]).length === 0) throw new ExcludedAgencyGiven();
  await tx.delete(caseAgencies).where(and(eq(caseAgencies.caseId, caseId), eq(caseAgencies.role, 'above')));
  await tx
    .update(caseAgencies)
    .set({ role: 'cooperating' })
    .where(and(eq(caseAgencies.caseId, caseId), eq(caseAgencies.role, 'lead')));
  await tx
    .update(caseAgencies)
    .set({ role: 'cooperating' })
    .where(and(eq(caseAgencies.caseId, caseId), eq(caseAgencies.role, 'lead')));
  await drop(tx, caseId, [agencyId]);
  await put(tx, caseId, agencyId, 'lead', at);
  await renewAbove(tx, tree, moved, at);
}

/**
 * Takes agencies off the case of a report; when one stood above it, the next level does now. Resolves with whether the case
 * lies with one of them.
 */
export async function dropFromCase(
  tx: Db,
  tree: Pick<Directory, 'agency'>,
  reportId: string,
  agencyIds: readonly string[],
  at: Date,
): Promise<boolean> {
  const [found] = await tx
    .select({ caseId: cases.id, reportId: cases.reportId, agencyId: cases.agencyId })
    .from(cases)
    .where(eq(cases.reportId, reportId));
  if (!found || agencyIds.length === 0) return false;
  const above = await drop(tx, found.caseId, agencyIds);
  if (above) await renewAbove(tx, tree, found, at);
  return agencyIds.includes(found.agencyId);
}

/** The level above is the next over the agency that has the case, without the excluded. */
async function renewAbove(
  tx: Db,
  tree: Pick<Directory, 'agency'>,
  { caseId, reportId, agencyId }: { caseId: string; reportId: string; agencyId: string },
  at: Date,
): Promise<void> {
  const line = levelsAbove(tree, agencyId).map(({ id }) => id);
  const [next] = offerable(await excludedFrom(tx, reportId), line);
  await tx.delete(caseAgencies).where(and(eq(caseAgencies.caseId, caseId), eq(caseAgencies.role, 'above')));
  if (next === undefined) return;
  await drop(tx, caseId, [next]);
  await put(tx, caseId, next, 'above', at);
}

/** Resolves with whether one of them stood above. */
async function drop(tx: Db, caseId: string, agencyIds: readonly string[]): Promise<boolean> {
  const dropped = await tx
    .delete(caseAgencies)
    .where(and(eq(caseAgencies.caseId, caseId), inArray(caseAgencies.agencyId, [...agencyIds])))
    .returning({ role: caseAgencies.role });
  return dropped.some(({ role }) => role === 'above');
}

/** A case was to be given to an agency that must not get it. A fault of ours: who may be offered is asked before. */
export class ExcludedAgencyGiven extends Error {
  readonly code = 'excluded_agency';
}

async function put(tx: Db, caseId: string, agencyId: string, role: AgencyRole, since: Date): Promise<void> {
  await tx.insert(caseAgencies).values({ caseId, agencyId, role, since }).onConflictDoNothing();
}
