import { and, eq } from 'drizzle-orm';
import type { HandOverSheets } from '../reports/hand-over.js';
import { recordEvent } from './case-events.js';
import type { Db } from './database.js';
import { cases } from './schema.js';

/** On the database; see the port. */
export const createHandOverSheets = (db: Db, now: () => number): HandOverSheets => ({
  made: (actor, caseId) =>
    db.transaction(async (tx) => {
      const own = await tx.$count(cases, and(eq(cases.id, caseId), eq(cases.agencyId, actor.agencyId)));
      if (own === 0) return false;
      await recordEvent(tx, { caseId, kind: 'sheet_made', at: new Date(now()), staffId: actor.staffId });
      return true;
    }),
});
