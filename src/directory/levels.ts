import type { Agency, Directory } from './directory.js';

/** The agency and the levels above it, nearest first, without those that are excluded. What lies above an excluded one stays. */
export function levelsFrom(
  directory: Pick<Directory, 'agency'>,
  agencyId: string,
  excluded: ReadonlySet<string>,
): Agency[] {
  const levels: Agency[] = [];
  // The data's check has made sure that parents run in no circle.
  for (
    let at = directory.agency(agencyId);
    at;
    at = at.parent === undefined ? undefined : directory.agency(at.parent)
  )
    levels.push(at);
  return levels.filter(({ id }) => !excluded.has(id));
}
