import { and, count, eq, inArray, isNull, ne, sql, sum } from 'drizzle-orm';
import type { MediaKind } from '../conversation/message.js';
import { EVIDENCE_LIMITS, isSuspect } from '../reports/evidence/rules.js';
import type { CallContext } from './call-context.js';
import type { Db } from './database.js';
import { giveKeyToReport } from './file-keys.js';
import { evidence, evidenceParts, reports } from './schema.js';

/**
 * Ties files of a talk to a report, as many as a case takes; gives the report their key, and shuts away what may show the sexual
 * abuse of a child. Only the talk they came in can give them, and each once. Resolves with how many were left out.
 */
export async function tieEvidence(
  { tx, cipher, talkId }: Pick<CallContext, 'tx' | 'cipher' | 'talkId'>,
  reportId: string,
  ids: readonly string[],
  reporterSaysSo = false,
): Promise<number> {
  if (ids.length === 0) return 0;
  const found = await tx
    .select({ id: evidence.id, keyId: evidence.keyId, media: evidence.media, bytes: evidence.bytes })
    .from(evidence)
    .where(and(inArray(evidence.id, [...ids]), eq(evidence.talkId, talkId), isNull(evidence.reportId)))
    .orderBy(evidence.receivedAt, evidence.id);
  const room = await roomIn(tx, reportId);
  const taken = found.filter(({ bytes }) => {
    room.files -= 1;
    room.bytes -= bytes ?? 0;
    return room.files >= 0 && room.bytes >= 0;
  });
  const suspect = await suspicionOf(tx, reportId, reporterSaysSo);
  for (const { id, media } of taken) {
    const quarantined = suspect(media);
    await tx.update(evidence).set({ reportId, quarantined }).where(eq(evidence.id, id));
    if (quarantined) await deletePreview(tx, id);
  }
  for (const keyId of new Set(taken.map((file) => file.keyId))) {
    if (keyId === null) continue;
    await giveKeyToReport(tx, cipher, keyId, reportId);
    // What the person dropped before, or the case has no room for: nobody could open it with another report any more.
    await tx.delete(evidence).where(and(eq(evidence.keyId, keyId), isNull(evidence.reportId)));
  }
  return found.length - taken.length;
}

/** Whether a file of this kind is to be shut away in this report. */
export async function suspicionOf(
  tx: Db,
  reportId: string,
  reporterSaysSo = false,
): Promise<(media: MediaKind) => boolean> {
  const [report] = await tx
    .select({ category: reports.category })
    .from(reports)
    .where(eq(reports.id, reportId));
  const [suspect] = await tx
    .select({ id: evidence.id })
    .from(evidence)
    .where(and(eq(evidence.reportId, reportId), eq(evidence.quarantined, true)))
    .limit(1);
  const known = {
    category: report?.category ?? 'other',
    holdsSuspect: suspect !== undefined,
    reporterSaysSo,
  };
  return (media) => isSuspect(known, media);
}

export const deletePreview = (tx: Db, evidenceId: string): Promise<unknown> =>
  tx
    .delete(evidenceParts)
    .where(and(eq(evidenceParts.evidenceId, evidenceId), eq(evidenceParts.copy, 'preview')));

/** What a case may still take. */
async function roomIn(tx: Db, reportId: string): Promise<{ files: number; bytes: number }> {
  const [held] = await tx
    .select({ files: count(), bytes: sum(evidence.bytes).mapWith(Number) })
    .from(evidence)
    .where(and(eq(evidence.reportId, reportId), ne(evidence.state, 'refused')));
  const { files, bytes } = EVIDENCE_LIMITS.case;
  return { files: files - (held?.files ?? 0), bytes: bytes - (held?.bytes ?? 0) };
}

/** What the files hold that are to go with a report or a talk beside this one, bytes. */
export async function bytesBeside(
  tx: Db,
  file: { readonly id: string; readonly talkId: string | null; readonly reportId: string | null },
): Promise<number> {
  const same =
    file.reportId === null
      ? and(sql`${evidence.talkId} is not distinct from ${file.talkId}::uuid`, isNull(evidence.reportId))
      : eq(evidence.reportId, file.reportId);
  const [held] = await tx
    .select({ bytes: sum(evidence.bytes).mapWith(Number) })
    .from(evidence)
    .where(and(same, eq(evidence.state, 'kept'), ne(evidence.id, file.id)));
  return held?.bytes ?? 0;
}
