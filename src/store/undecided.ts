import { asc, desc, eq, inArray } from 'drizzle-orm';
import { NobodyLeft } from '../directory/competence.js';
import { levelsAbove, offerable } from '../directory/receivers.js';
import type { UndecidedReport, UndecidedReports } from '../reports/undecided.js';
import { openAgencies } from './agency-keys.js';
import { type DispatchParts, lockReport, openCase } from './dispatch.js';
import { excludedFrom } from './exclusions.js';
import { route } from './route.js';
import { reportExclusions, reports } from './schema.js';

/** On the database; see the port. */
export function createUndecidedReports(parts: DispatchParts): UndecidedReports {
  const { db, directory } = parts;
  return {
    async list() {
      const rows = await db
        .select()
        .from(reports)
        .where(eq(reports.state, 'undecided'))
        .orderBy(desc(reports.urgency), asc(reports.receivedAt))
        .limit(100);
      if (rows.length === 0) return [];
      const open = [...(await openAgencies(db))].sort();
      const exclusions = await db
        .select()
        .from(reportExclusions)
        .where(
          inArray(
            reportExclusions.reportId,
            rows.map(({ id }) => id),
          ),
        )
        .orderBy(asc(reportExclusions.agencyId));
      return rows.map(({ id, category, urgency, placeCode, receivedAt }): UndecidedReport => {
        const excluded = exclusions.filter(({ reportId }) => reportId === id);
        return {
          reportId: id,
          category,
          urgency,
          receivedAt,
          excluded: excluded.map(({ agencyId, why }) => ({ agencyId, why })),
          candidates: offerable(new Set(excluded.map(({ agencyId }) => agencyId)), open),
          ...(placeCode === null ? {} : { placeCode }),
        };
      });
    },
    async decide(staffId, reportId, agencyId) {
      const open = await openAgencies(db);
      return db.transaction(async (tx) => {
        const report = await lockReport(tx, reportId, 'undecided');
        if (!report) return 'gone';
        const excluded = await excludedFrom(tx, reportId);
        const lead = directory.agency(agencyId);
        if (!lead || !open.has(agencyId) || offerable(excluded, [agencyId]).length === 0)
          return 'not_possible';
        const found = route(directory, report, open, excluded);
        const above = levelsAbove(directory, agencyId).filter(({ id }) => !excluded.has(id));
        const cooperating = found instanceof NobodyLeft ? [] : found.cooperating;
        const now = new Date(parts.now());
        const around = { lead, above, cooperating, basis: found.basis };
        await openCase(tx, parts, report, around, now, staffId);
        return 'done';
      });
    },
  };
}
