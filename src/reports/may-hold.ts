import type { Directory } from '../directory/directory.js';
import { levelsAbove } from '../directory/receivers.js';

/**
 * Whether an agency may hold the key of a case: it is not excluded, and no excluded one stands above it. The level above holds a
 * copy of its key and could read with it.
 */
export const mayHold = (
  tree: Pick<Directory, 'agency'>,
  excluded: ReadonlySet<string>,
  agencyId: string,
): boolean => ![agencyId, ...levelsAbove(tree, agencyId).map(({ id }) => id)].some((id) => excluded.has(id));
