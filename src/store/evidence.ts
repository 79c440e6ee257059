import { and, asc, count, eq, isNull, lt, ne } from 'drizzle-orm';
import type { ChannelName, MediaKind } from '../conversation/message.js';
import type { MetadataMark } from '../reports/evidence/marks.js';
import { EVIDENCE_LIMITS } from '../reports/evidence/rules.js';
import { sealInPieces } from '../reports/evidence/sealed-file.js';
import type { Recipient } from '../reports/sealing.js';
import type { Voice } from '../texts/texts.js';
import type { Db } from './database.js';
import { keyOfTalk, newKey } from './file-keys.js';
import { sayInTalk } from './say-in-talk.js';
import type { EvidenceCopy } from './schema/evidence.js';
import { evidence, evidenceParts, fileKeys } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';
import { bytesBeside, suspicionOf } from './tie-evidence.js';

/** A file that is still to be fetched. */
export interface WaitingEvidence {
  readonly channel: ChannelName;
  /** What the channel needs to fetch it. */
  readonly source: string;
}

/** A file as it was fetched, and what was made of it. */
export interface FetchedFile {
  readonly media: MediaKind;
  /** MIME type by content. */
  readonly type: string;
  readonly sha256: string;
  readonly metadata: readonly MetadataMark[];
  readonly original: Buffer;
  /** Absent where it cannot be painted anew. */
  readonly copies?: { readonly clean: Buffer; readonly preview: Buffer };
}

/** Notes a file that is still to be fetched. False, and nothing noted, when the talk holds as many as it may. */
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
): Promise<boolean> {
  const [held] = await tx
    .select({ files: count() })
    .from(evidence)
    .where(and(eq(evidence.talkId, file.talkId), isNull(evidence.reportId), ne(evidence.state, 'refused')));
  if ((held?.files ?? 0) >= EVIDENCE_LIMITS.talk.files) return false;
  const { source, ...clear } = file;
  await tx.insert(evidence).values({
    ...clear,
    keyId: await keyOfTalk(tx, cipher, file.talkId),
    state: 'waiting',
    sealedSource: cipher.seal(`evidence source:${file.id}`, source),
    receivedAt: new Date(now),
  });
  return true;
}

/** What the fetch job works off. */
export interface EvidenceStore {
  /** Undefined when it was fetched, refused or forgotten. */
  waiting(id: string): Promise<WaitingEvidence | undefined>;
  /**
   * Keeps the bytes, sealed, in one transaction; the source is deleted. Nothing happens when the file was forgotten meanwhile.
   * `too_much`: nothing kept, as the talk or the case holds as many bytes as it may.
   */
  keep(id: string, file: FetchedFile): Promise<'done' | 'too_much'>;
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
  const recipientFor = (id: string): Promise<Recipient | undefined> =>
    db.transaction(async (tx) => {
      const [row] = await tx.select().from(evidence).where(stillWaiting(id)).for('update');
      if (!row) return undefined;
      let { keyId } = row;
      if (keyId === null) {
        if (row.reportId !== null) keyId = await newKey(tx, cipher, { reportId: row.reportId });
        else if (row.talkId !== null) keyId = await keyOfTalk(tx, cipher, row.talkId);
        else return undefined;
        await tx.update(evidence).set({ keyId }).where(eq(evidence.id, id));
      }
      const [key] = await tx
        .select({ recipient: fileKeys.recipient })
        .from(fileKeys)
        .where(eq(fileKeys.id, keyId));
      return key?.recipient;
    });
  return {
    async waiting(id) {
      const [row] = await db.select().from(evidence).where(stillWaiting(id));
      if (!row || row.sealedSource === null) return undefined;
      return {
        channel: row.channel,
        source: cipher.unseal(`evidence source:${id}`, row.sealedSource),
      };
    },
    async keep(id, file) {
      const recipient = await recipientFor(id);
      if (recipient === undefined) return 'done';
      // Sealed before the transaction begins: the embedded engine has one session for everybody.
      const sealed = await sealCopies(file, recipient);
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(evidence).where(stillWaiting(id)).for('update');
        if (!row) return 'done';
        const limit = EVIDENCE_LIMITS[row.reportId === null ? 'talk' : 'case'].bytes;
        if ((await bytesBeside(tx, row)) + file.original.length > limit) return 'too_much';
        const suspect = row.reportId === null ? undefined : await suspicionOf(tx, row.reportId);
        const quarantined = row.quarantined || suspect?.(file.media) === true;
        await tx
          .update(evidence)
          .set({
            state: 'kept',
            media: file.media,
            type: file.type,
            bytes: file.original.length,
            sha256: file.sha256,
            metadata: [...file.metadata],
            quarantined,
            sealedSource: null,
          })
          .where(eq(evidence.id, id));
        for (const { copy, pieces } of sealed) {
          if (quarantined && copy === 'preview') continue;
          for (const [part, sealedBytes] of pieces.entries())
            await tx.insert(evidenceParts).values({ evidenceId: id, copy, part, sealedBytes });
        }
        return 'done';
      });
    },
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

async function sealCopies(
  { original, copies }: FetchedFile,
  recipient: Recipient,
): Promise<{ copy: EvidenceCopy; pieces: Buffer[] }[]> {
  const files: [EvidenceCopy, Buffer][] = [
    ['original', original],
    ...(copies
      ? ([
          ['clean', copies.clean],
          ['preview', copies.preview],
        ] as [EvidenceCopy, Buffer][])
      : []),
  ];
  const sealed: { copy: EvidenceCopy; pieces: Buffer[] }[] = [];
  for (const [copy, bytes] of files) {
    const pieces: Buffer[] = [];
    for await (const piece of sealInPieces(bytes, recipient)) pieces.push(piece);
    sealed.push({ copy, pieces });
  }
  return sealed;
}
