import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt } from 'drizzle-orm';
import type { CaseActor } from '../reports/case.js';
import type { Bytes, CaseIdentityOpener, EvidenceDesk } from '../reports/evidence/desk.js';
import { AGREE_WITHIN, OPEN_FOR } from '../reports/evidence/rules.js';
import { openPieces } from '../reports/evidence/sealed-file.js';
import { CannotOpen, openText, seal } from '../reports/sealing.js';
import type { Db } from './database.js';
import { readEvidence } from './evidence-facts.js';
import { agreeToLook, EVENT_OF, isAsked, isOpenFor, readLooks, recordEvidence } from './evidence-looks.js';
import { type FileKey, openFileKey } from './file-keys.js';
import type { EvidenceCopy } from './schema/evidence.js';
import { cases, evidence, evidenceLooks, evidenceParts, fileKeys } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';
import { deletePreview } from './tie-evidence.js';

export interface EvidenceDeskParts {
  readonly db: Db;
  readonly cipher: ServiceCipher;
  readonly opener: CaseIdentityOpener;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type FileRow = typeof evidence.$inferSelect;
interface Found {
  readonly file: FileRow;
  readonly key: FileKey | null;
  readonly reportId: string;
  readonly caseNumber: string;
}

/** An agency's desk for files on the database. Every statement is held to a case of the actor's own agency. */
export function createEvidenceDesk({ db, cipher, opener, now }: EvidenceDeskParts): EvidenceDesk {
  const find = async (
    tx: Db,
    actor: CaseActor,
    caseId: string,
    evidenceId: string,
  ): Promise<Found | undefined> => {
    const [row] = await tx
      .select({ file: evidence, key: fileKeys, reportId: cases.reportId, caseNumber: cases.number })
      .from(cases)
      .innerJoin(evidence, eq(evidence.reportId, cases.reportId))
      .leftJoin(fileKeys, eq(fileKeys.id, evidence.keyId))
      .where(and(eq(cases.id, caseId), eq(cases.agencyId, actor.agencyId), eq(evidence.id, evidenceId)));
    return row;
  };

  /** The same, with the case locked first: so that two acts at once follow each other. */
  const lock = async (tx: Db, actor: CaseActor, caseId: string, evidenceId: string) => {
    await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, caseId)).for('update');
    return find(tx, actor, caseId, evidenceId);
  };

  const read = async (actor: CaseActor, found: Found, copy: EvidenceCopy): Promise<Bytes> => {
    const { file, key, reportId, caseNumber } = found;
    const parts = await db
      .select({ part: evidenceParts.part, bytes: evidenceParts.sealedBytes })
      .from(evidenceParts)
      .where(and(eq(evidenceParts.evidenceId, file.id), eq(evidenceParts.copy, copy)))
      .orderBy(asc(evidenceParts.part));
    if (parts.length === 0) return { kind: 'not_found' };
    const type = copy === 'original' ? (file.type ?? 'application/octet-stream') : 'image/jpeg';
    const given = (bytes: Buffer): Bytes => ({ kind: 'bytes', type, bytes, caseNumber });
    // Kept by version 0.2: each part under the service key.
    if (!key)
      return given(
        Buffer.concat(
          parts.map(({ part, bytes }) => cipher.unsealBytes(`evidence:${file.id}:${part}`, bytes)),
        ),
      );
    const identity = await openFileKey(cipher, opener, actor, reportId, key);
    if (identity === undefined) return { kind: 'locked' };
    try {
      return given(
        await openPieces(
          parts.map(({ bytes }) => bytes),
          identity,
        ),
      );
    } catch (error) {
      if (error instanceof CannotOpen) return { kind: 'locked' };
      throw error;
    }
  };

  return {
    async file(actor, caseId, evidenceId) {
      const found = await find(db, actor, caseId, evidenceId);
      if (!found) return undefined;
      const at = new Date(now());
      const [fact] = await readEvidence(db, found.reportId, at, evidenceId);
      if (!fact) return undefined;
      return { fact, caseNumber: found.caseNumber, looks: await readLooks(db, evidenceId, at) };
    },

    async preview(actor, caseId, evidenceId) {
      const found = await find(db, actor, caseId, evidenceId);
      if (!found || found.file.quarantined) return { kind: 'not_found' };
      return read(actor, found, 'preview');
    },

    ask: (actor, caseId, evidenceId, aim, reason) =>
      db.transaction(async (tx) => {
        const found = await lock(tx, actor, caseId, evidenceId);
        if (found?.file.state !== 'kept') return { kind: 'not_found' };
        const { quarantined } = found.file;
        if (aim === 'release' && !quarantined) return { kind: 'not_found' };
        const at = new Date(now());
        if (quarantined && (await isOpenFor(tx, evidenceId, actor.staffId, aim, at))) return { kind: 'open' };
        if (quarantined && (await isAsked(tx, evidenceId, actor.staffId, aim, at))) return { kind: 'asked' };
        await tx.insert(evidenceLooks).values({
          id: randomUUID(),
          evidenceId,
          caseId,
          aim,
          staffId: actor.staffId,
          reason: reason.code,
          sealedWords:
            reason.words === '' || !found.key ? null : await seal(reason.words, [found.key.recipient]),
          at,
          openFrom: quarantined ? null : at,
          until: new Date(at.getTime() + (quarantined ? AGREE_WITHIN : OPEN_FOR)),
        });
        const kind = quarantined ? 'evidence_asked' : EVENT_OF[aim];
        await recordEvidence(tx, {
          caseId,
          kind,
          evidenceId,
          reason: reason.code,
          staffId: actor.staffId,
          at,
        });
        return { kind: quarantined ? 'asked' : 'open' };
      }),

    async reasonWords(actor, caseId, lookId) {
      const [look] = await db
        .select({ evidenceId: evidenceLooks.evidenceId, words: evidenceLooks.sealedWords })
        .from(evidenceLooks)
        .where(and(eq(evidenceLooks.id, lookId), eq(evidenceLooks.caseId, caseId)));
      const found = look && (await find(db, actor, caseId, look.evidenceId));
      if (!found?.key || look?.words == null) return undefined;
      const identity = await openFileKey(cipher, opener, actor, found.reportId, found.key);
      return identity === undefined ? undefined : openText(look.words, [identity]);
    },

    agree: (actor, caseId, lookId) =>
      db.transaction(async (tx) => {
        const asked = and(eq(evidenceLooks.id, lookId), eq(evidenceLooks.caseId, caseId));
        const [named] = await tx
          .select({ evidenceId: evidenceLooks.evidenceId })
          .from(evidenceLooks)
          .where(asked);
        const found = named && (await lock(tx, actor, caseId, named.evidenceId));
        const [look] = await tx.select().from(evidenceLooks).where(asked);
        if (!look || !found) return { kind: 'not_found' };
        return agreeToLook(tx, look, { staffId: actor.staffId, at: new Date(now()) });
      }),

    async open(actor, caseId, evidenceId, aim) {
      const found = await find(db, actor, caseId, evidenceId);
      if (!found) return { kind: 'not_found' };
      if (!(await isOpenFor(db, evidenceId, actor.staffId, aim, new Date(now()))))
        return { kind: 'not_open' };
      const [fact] = await readEvidence(db, found.reportId, new Date(now()), evidenceId);
      if (aim === 'original' || fact?.showing === 'sound') return read(actor, found, 'original');
      return fact?.showing === 'picture' ? read(actor, found, 'clean') : { kind: 'not_found' };
    },

    quarantine: (actor, caseId, evidenceId) =>
      db.transaction(async (tx) => {
        const found = await lock(tx, actor, caseId, evidenceId);
        if (!found) return false;
        if (found.file.quarantined) return true;
        const at = new Date(now());
        await tx.update(evidence).set({ quarantined: true }).where(eq(evidence.id, evidenceId));
        await deletePreview(tx, evidenceId);
        // What stands open to anybody is shut at once.
        await tx
          .update(evidenceLooks)
          .set({ until: at })
          .where(and(eq(evidenceLooks.evidenceId, evidenceId), gt(evidenceLooks.until, at)));
        await recordEvidence(tx, {
          caseId,
          kind: 'evidence_quarantined',
          evidenceId,
          staffId: actor.staffId,
          at,
        });
        return true;
      }),
  };
}
