import { and, asc, eq, gt, inArray, isNull, max } from 'drizzle-orm';
import type { EvidenceFact } from '../reports/evidence/fact.js';
import { showingOf } from '../reports/evidence/rules.js';
import type { Db } from './database.js';
import { evidence, evidenceLooks, evidenceParts } from './schema.js';

/** A file's place among the files of its report, from 1, in the order of `readEvidence`. */
export async function numberOfFile(tx: Db, reportId: string, evidenceId: string): Promise<number> {
  const rows = await tx
    .select({ id: evidence.id })
    .from(evidence)
    .where(eq(evidence.reportId, reportId))
    .orderBy(asc(evidence.receivedAt), asc(evidence.id));
  return rows.findIndex(({ id }) => id === evidenceId) + 1;
}

/** The files of a report, oldest first: facts only. @param only this file alone */
export async function readEvidence(
  tx: Db,
  reportId: string,
  now: Date,
  only?: string,
): Promise<EvidenceFact[]> {
  const rows = await tx
    .select()
    .from(evidence)
    .where(and(eq(evidence.reportId, reportId), only === undefined ? undefined : eq(evidence.id, only)))
    .orderBy(asc(evidence.receivedAt), asc(evidence.id));
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const parts = await tx
    .select({ id: evidenceParts.evidenceId, copy: evidenceParts.copy })
    .from(evidenceParts)
    .where(and(inArray(evidenceParts.evidenceId, ids), eq(evidenceParts.part, 0)));
  const copies = new Set(parts.map(({ id, copy }) => `${id} ${copy}`));
  const asked = await tx
    .select({ id: evidenceLooks.evidenceId, until: max(evidenceLooks.until) })
    .from(evidenceLooks)
    .where(
      and(
        inArray(evidenceLooks.evidenceId, ids),
        isNull(evidenceLooks.openFrom),
        gt(evidenceLooks.until, now),
      ),
    )
    .groupBy(evidenceLooks.evidenceId);
  const asks = new Map(asked.map(({ id, until }) => [id, until]));
  return rows.map((row) => {
    const asksUntil = asks.get(row.id);
    return {
      id: row.id,
      media: row.media,
      state: row.state,
      receivedAt: row.receivedAt,
      ...(row.bytes === null ? {} : { bytes: row.bytes }),
      ...(row.type === null ? {} : { type: row.type }),
      ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
      metadata: row.metadata,
      showing: showingOf(row.type ?? '', copies.has(`${row.id} clean`)),
      hasPreview: !row.quarantined && copies.has(`${row.id} preview`),
      quarantined: row.quarantined,
      ...(asksUntil ? { asksUntil } : {}),
    };
  });
}
