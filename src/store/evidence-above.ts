import { and, asc, eq, gt, gte, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import type { CaseActor } from '../reports/case.js';
import { type AskBelow, type EvidenceAbove, mayAgreeFromAbove } from '../reports/evidence/above.js';
import { openText } from '../reports/sealing.js';
import type { Db } from './database.js';
import type { EvidenceDeskParts } from './evidence-desk.js';
import { numberOfFile } from './evidence-facts.js';
import { agreeToLook, recordEvidence } from './evidence-looks.js';
import { excludedFrom } from './exclusions.js';
import { openFileKey } from './file-keys.js';
import { caseEvents, cases, evidence, evidenceLooks, fileKeys, staff } from './schema.js';

interface EvidenceAboveParts extends EvidenceDeskParts {
  readonly directory: Pick<Directory, 'agency' | 'agencies'>;
}

/** The level above as second person, on the database. Every statement is held to cases that lie directly below and are open to it. */
export function createEvidenceAbove(parts: EvidenceAboveParts): EvidenceAbove {
  const { db, cipher, opener, directory, now } = parts;

  /** Looks at files of agencies directly below, by a person who is still there. */
  const below = async (tx: Db, actor: CaseActor, which: SQL | undefined) => {
    const agencies = directory.agencies.filter(({ parent }) => parent === actor.agencyId);
    if (agencies.length === 0) return [];
    const rows = await tx
      .select({ look: evidenceLooks, file: cases, askedBy: staff.name, key: fileKeys })
      .from(evidenceLooks)
      .innerJoin(cases, eq(cases.id, evidenceLooks.caseId))
      .innerJoin(
        staff,
        and(
          eq(staff.id, evidenceLooks.staffId),
          eq(staff.agencyId, cases.agencyId),
          eq(staff.disabled, false),
        ),
      )
      .innerJoin(evidence, eq(evidence.id, evidenceLooks.evidenceId))
      .leftJoin(fileKeys, eq(fileKeys.id, evidence.keyId))
      .where(
        and(
          which,
          inArray(
            cases.agencyId,
            agencies.map(({ id }) => id),
          ),
        ),
      )
      .orderBy(asc(evidenceLooks.until), asc(evidenceLooks.id));
    const open = [];
    for (const { file, ...row } of rows)
      if (mayAgreeFromAbove(directory, await excludedFrom(tx, file.reportId), file.agencyId, actor.agencyId))
        open.push({ ...row, agencyId: file.agencyId, reportId: file.reportId, caseNumber: file.number });
    return open;
  };
  type Found = Awaited<ReturnType<typeof below>>[number];

  const waiting = (): SQL | undefined =>
    and(isNull(evidenceLooks.openFrom), gt(evidenceLooks.until, new Date(now())));

  /** The case locked first, then looked at anew: an exclusion or an answer may have come meanwhile. */
  const lock = async (tx: Db, actor: CaseActor, lookId: string): Promise<Found | undefined> => {
    const [named] = await tx
      .select({ caseId: evidenceLooks.caseId })
      .from(evidenceLooks)
      .where(eq(evidenceLooks.id, lookId));
    if (!named) return undefined;
    await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, named.caseId)).for('update');
    const [found] = await below(tx, actor, eq(evidenceLooks.id, lookId));
    return found;
  };

  /** Only with the case's key: a file whose key the service still holds tells the level above nothing. */
  const wordsOf = async (actor: CaseActor, { look, key, reportId }: Found): Promise<string | undefined> => {
    if (look.sealedWords === null || key === null || key.caseSealedIdentity === null) return undefined;
    const identity = await openFileKey(cipher, opener, actor, reportId, key);
    return identity === undefined ? undefined : openText(look.sealedWords, [identity]);
  };

  /** Puts on record, once, that this person saw the ask; undefined when it is no longer for them. */
  const see = (actor: CaseActor, lookId: string): Promise<Found | undefined> =>
    db.transaction(async (tx) => {
      const found = await lock(tx, actor, lookId);
      const at = new Date(now());
      if (!found || found.look.openFrom !== null || found.look.until <= at) return undefined;
      const { caseId, evidenceId } = found.look;
      const [seen] = await tx
        .select({ id: caseEvents.id })
        .from(caseEvents)
        .where(
          and(
            eq(caseEvents.caseId, caseId),
            eq(caseEvents.kind, 'evidence_ask_seen'),
            eq(caseEvents.staffId, actor.staffId),
            gte(caseEvents.at, found.look.at),
            sql`${caseEvents.detail} ->> 'evidence' = ${evidenceId}`,
          ),
        )
        .limit(1);
      if (!seen)
        await recordEvidence(tx, {
          caseId,
          kind: 'evidence_ask_seen',
          evidenceId,
          agency: actor.agencyId,
          staffId: actor.staffId,
          at,
        });
      return found;
    });

  return {
    count: async (actor) => (await below(db, actor, waiting())).length,

    async asks(actor) {
      const asks: AskBelow[] = [];
      for (const { look } of await below(db, actor, waiting())) {
        const found = await see(actor, look.id);
        if (!found) continue;
        const words = await wordsOf(actor, found);
        asks.push({
          lookId: look.id,
          agencyId: found.agencyId,
          caseNumber: found.caseNumber,
          fileNumber: await numberOfFile(db, found.reportId, look.evidenceId),
          askedBy: found.askedBy,
          aim: look.aim,
          reason: look.reason,
          ...(words === undefined ? {} : { words }),
          until: look.until,
        });
      }
      return asks;
    },

    agree: (actor, lookId) =>
      db.transaction(async (tx) => {
        const found = await lock(tx, actor, lookId);
        if (!found) return { kind: 'not_found' };
        const { staffId, agencyId } = actor;
        return agreeToLook(tx, found.look, { staffId, at: new Date(now()), above: agencyId });
      }),

    async secondFrom(actor, caseId) {
      const [found] = await db
        .select({ reportId: cases.reportId })
        .from(cases)
        .where(and(eq(cases.id, caseId), eq(cases.agencyId, actor.agencyId)));
      const above = directory.agency(actor.agencyId)?.parent;
      if (!found || above === undefined) return undefined;
      const excluded = await excludedFrom(db, found.reportId);
      return mayAgreeFromAbove(directory, excluded, actor.agencyId, above) ? above : undefined;
    },
  };
}
