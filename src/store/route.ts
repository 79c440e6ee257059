import { NobodyLeft } from '../directory/competence.js';
import type { Competence, Directory } from '../directory/directory.js';
import { vietnamDay } from '../directory/vietnam-day.js';
import type { reports } from './schema.js';

/** A report as far as routing needs it. */
export type RoutedReport = Pick<typeof reports.$inferSelect, 'id' | 'category' | 'placeCode' | 'receivedAt'>;

/** Who is competent; `NobodyLeft` (not thrown: it is one of the things that can come out) when all are excluded. */
export function route(
  directory: Directory,
  report: RoutedReport,
  open: ReadonlySet<string>,
  excluded: ReadonlySet<string>,
): Competence | NobodyLeft {
  try {
    return directory.competentFor({
      category: report.category,
      ...(report.placeCode === null ? {} : { placeCode: report.placeCode }),
      on: vietnamDay(report.receivedAt.getTime()),
      isOpen: (agencyId) => open.has(agencyId),
      excluded: [...excluded],
    });
  } catch (error) {
    if (error instanceof NobodyLeft) return error;
    throw error;
  }
}
