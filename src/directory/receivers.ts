import type { Agency, Competence, Directory } from './directory.js';

/**
 * The agencies a case is sealed to: the lead, and the next level above it that is not excluded and has a key. Fewer when
 * there is no such agency; the recovery key is the caller's to add.
 * @param competence what routing found; after a referral `{ lead }` alone, then the tree says what is above
 */
export function recipientsOf(
  competence: Pick<Competence, 'lead'> & Partial<Pick<Competence, 'above'>>,
  tree: Pick<Directory, 'agency'>,
  excluded: ReadonlySet<string>,
  hasKey: (agencyId: string) => boolean,
): string[] {
  const { lead } = competence;
  const above = competence.above ?? levelsAbove(tree, lead.id);
  const may = (agency: Agency): boolean => !excluded.has(agency.id) && hasKey(agency.id);
  return [...new Set([...[lead].filter(may), ...above.filter(may).slice(0, 1)].map((agency) => agency.id))];
}

/**
 * Who of these may be offered a case, be rung for it, or be told of it: everybody but the excluded. Every way to another
 * agency (referral, handing back, reopening, ringing up the tree, linking) goes through here.
 */
export function offerable(excluded: ReadonlySet<string>, agencyIds: readonly string[]): string[] {
  return agencyIds.filter((id) => !excluded.has(id));
}

/** The agencies above this one, nearest first. */
export function levelsAbove(tree: Pick<Directory, 'agency'>, agencyId: string): Agency[] {
  const line: Agency[] = [];
  for (let at = tree.agency(agencyId)?.parent; at !== undefined; ) {
    const agency = tree.agency(at);
    if (!agency || line.includes(agency)) break;
    line.push(agency);
    at = agency.parent;
  }
  return line;
}
