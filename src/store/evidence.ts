import { and, asc, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { ChannelName, MediaKind } from '../conversation/message.js';
import type { EvidenceFact } from '../reports/case.js';
import type { Voice } from '../texts/texts.js';
import type { Db } from './database.js';
import { sayInTalk } from './say-in-talk.js';
import { evidence, evidenceParts } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

/** Bytes of one stored part. */
const PART_BYTES = 512 * 1024;

/** A file that is still to be fetched. */
export interface WaitingEvidence {
  readonly channel: ChannelName;
  /** What the channel needs to fetch it. */
  readonly source: string;
}

/** Notes a file that is still to be fetched. */
export async function noteEvidence(
  tx: Db,
  cipher: ServiceCipher,
  file: {
    readonly id: string;
    readonly talkId: string;
    readonly channel: ChannelName;
    readonly media: MediaKind;
    readonly source: string;
  },
  now: number,
): Promise<void> {
  const { source, ...clear } = file;
  await tx.insert(evidence).values({
    ...clear,
    state: 'waiting',
    sealedSource: cipher.seal(`evidence source:${file.id}`, source),
    receivedAt: new Date(now),
  });
}

/** Ties files of a talk to a report. Only the talk they came in can give them, and each once. */
export async function tieEvidence(
  tx: Db,
  talkId: string,
  reportId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(evidence)
    .set({ reportId })
    .where(and(inArray(evidence.id, [...ids]), eq(evidence.talkId, talkId), isNull(evidence.reportId)));
}

/** The files of a report, oldest first: facts only. */
export async function readEvidence(tx: Db, reportId: string): Promise<EvidenceFact[]> {
  const rows = await tx
    .select()
    .from(evidence)
    .where(eq(evidence.reportId, reportId))
    .orderBy(asc(evidence.receivedAt));
  return rows.map(({ id, media, state, receivedAt, bytes }) => ({
    id,
    media,
    state,
    receivedAt,
    ...(bytes === null ? {} : { bytes }),
  }));
}

/** What the fetch job works off. */
export interface EvidenceStore {
  /** Undefined when it was fetched, refused or forgotten. */
  waiting(id: string): Promise<WaitingEvidence | undefined>;
  /** Keeps the bytes, encrypted, in one transaction; the source is deleted. Nothing happens when the file was forgotten meanwhile. */
  keep(
    id: string,
    file: { readonly media: MediaKind; readonly type: string; readonly bytes: Buffer },
  ): Promise<void>;
  /**
   * Marks it refused and says so in the person's chat, in their voice. Resolves with the id of that message in the outbox;
   * undefined when it was refused already or the talk is gone.
   */
  refuse(id: string, reason: string, words: (voice: Voice) => string): Promise<string | undefined>;
  /** Ids of files that should have been fetched by now. */
  overdue(before: Date): Promise<string[]>;
}

/** @param now milliseconds since 1970 */
export function createEvidenceStore(db: Db, cipher: ServiceCipher, now: () => number): EvidenceStore {
  const stillWaiting = (id: string) => and(eq(evidence.id, id), eq(evidence.state, 'waiting'));
  return {
    async waiting(id) {
      const [row] = await db.select().from(evidence).where(stillWaiting(id));
      if (!row || row.sealedSource === null) return undefined;
      return {
        channel: row.channel,
        source: cipher.unseal(`evidence source:${id}`, row.sealedSource),
      };
    },
    keep: (id, file) =>
      db.transaction(async (tx) => {
        const [row] = await tx
          .update(evidence)
          .set({
            state: 'kept',
            media: file.media,
            type: file.type,
            bytes: file.bytes.length,
            sealedSource: null,
          })
          .where(stillWaiting(id))
          .returning({ id: evidence.id });
        if (!row) return;
        for (let part = 0; part * PART_BYTES < file.bytes.length; part += 1) {
          const piece = file.bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
          await tx
            .insert(evidenceParts)
            .values({ evidenceId: id, part, sealedBytes: cipher.sealBytes(`evidence:${id}:${part}`, piece) });
        }
      }),
    refuse: (id, reason, words) =>
      db.transaction(async (tx) => {
        const [row] = await tx
          .update(evidence)
          .set({ state: 'refused', reason, sealedSource: null })
          .where(stillWaiting(id))
          .returning({ talkId: evidence.talkId });
        return row?.talkId ? sayInTalk(tx, cipher, row.talkId, words, new Date(now())) : undefined;
      }),
    async overdue(before) {
      const rows = await db
        .select({ id: evidence.id })
        .from(evidence)
        .where(and(eq(evidence.state, 'waiting'), lt(evidence.receivedAt, before)))
        .orderBy(asc(evidence.receivedAt))
        .limit(200);
      return rows.map((row) => row.id);
    },
  };
}
