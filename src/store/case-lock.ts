import { and, eq } from 'drizzle-orm';
import type { CaseActor, CaseState, WriteOutcome } from '../reports/case.js';
import { type CaseAct, judge } from '../reports/case-moves.js';
import type { CaseRow } from './case-rows.js';
import type { Db } from './database.js';
import { cases, staff } from './schema.js';

/** Locks a case of the actor's agency and says whether they may do this to it now, and where it leads. */
export async function lockFor(
  tx: Db,
  actor: CaseActor,
  caseId: string,
  act: CaseAct,
): Promise<{ row: CaseRow; to: CaseState } | { refused: WriteOutcome }> {
  const [row] = await tx
    .select()
    .from(cases)
    .where(and(eq(cases.id, caseId), eq(cases.agencyId, actor.agencyId)))
    .for('update');
  if (!row) return { refused: { kind: 'not_found' } };
  const heldBy = row.takenBy === null ? {} : { heldBy: row.takenBy };
  const verdict = judge(act, { state: row.state, ...heldBy }, actor);
  if (verdict.kind === 'allowed') return { row, to: verdict.to };
  if (verdict.kind !== 'not_yours') return { refused: verdict };
  const by = row.takenBy === null ? undefined : await staffName(tx, row.takenBy);
  return { refused: { kind: 'not_yours', ...(by === undefined ? {} : { by }) } };
}

export async function staffName(tx: Db, staffId: string): Promise<string | undefined> {
  const [row] = await tx.select({ name: staff.name }).from(staff).where(eq(staff.id, staffId));
  return row?.name;
}
