import { eq } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import { dropFromCase } from './case-agencies.js';
import type { Db } from './database.js';
import { excludedFrom, insertExclusions } from './exclusions.js';
import { cases } from './schema.js';

/**
 * Keeps an agency, and those who share its people, out of a report for good: a conflict of interest that staff found. It is
 * named on the case no more, and nothing may be offered to it again. What it has seen, it has seen.
 * @returns the agencies that are newly kept out, and whether the case lies with one of them: then the caller must give it to
 *   another one in the same transaction (the case's key is not the server's to pass on)
 */
export async function addExclusion(
  tx: Db,
  directory: Pick<Directory, 'agency' | 'excludedWith'>,
  exclusion: { readonly reportId: string; readonly agencyId: string; readonly staffId: string },
  at: Date,
): Promise<{ readonly added: readonly string[]; readonly owns: boolean }> {
  const { reportId, agencyId, staffId } = exclusion;
  const all = directory.excludedWith(agencyId).map((one) => ({
    agencyId: one.agencyId,
    why: one.agencyId === agencyId ? ('conflict' as const) : one.why,
  }));
  const added = await insertExclusions(tx, reportId, all, staffId, at);
  const owns = await dropFromCase(
    tx,
    directory,
    reportId,
    all.map((one) => one.agencyId),
    at,
  );
  return { added, owns };
}

/**
 * Two reports of one matter: whoever must not get the one must not get the other. An agency that has the other already is
 * left out here and named to the caller; taking a case away is for a person to do.
 */
export async function shareExclusions(
  tx: Db,
  tree: Pick<Directory, 'agency'>,
  [one, other]: readonly [string, string],
  staffId: string,
  at: Date,
): Promise<{ readonly held: readonly string[] }> {
  const held: string[] = [];
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const [owner] = await tx.select({ id: cases.agencyId }).from(cases).where(eq(cases.reportId, to));
    const wanted = [...(await excludedFrom(tx, from))];
    const rest = wanted.filter((agencyId) => agencyId !== owner?.id);
    if (rest.length < wanted.length && owner) held.push(owner.id);
    await insertExclusions(
      tx,
      to,
      rest.map((agencyId) => ({ agencyId, why: 'linked' as const })),
      staffId,
      at,
    );
    await dropFromCase(tx, tree, to, rest, at);
  }
  return { held };
}
