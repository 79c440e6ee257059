import { and, eq } from 'drizzle-orm';
import type { HandOverSheets } from '../reports/hand-over.js';
import { recordCaseEvent } from './case-event.js';
import type { Db } from './database.js';
import { cases } from './schema.js';

/** On the database; see the port. */
export const createHandOverSheets = (db: Db, now: () => number): HandOverSheets => ({
  made: (actor, caseId) =>
    db.transaction(async (tx) => {
      const own = await tx.$count(cases, and(eq(cases.id, caseId), eq(cases.agencyId, actor.agencyId)));
      if (own === 0) return false;
      await recordCaseEvent(tx, caseId, 'sheet_made', new Date(now()), actor.staffId);
      return true;
    }),
});
