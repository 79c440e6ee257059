import { and, desc, eq, gt, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { CaseEventKind } from '../reports/case.js';
import type { AgreeOutcome, Look, LookAim } from '../reports/evidence/desk.js';
import { OPEN_FOR, type OpeningReason } from '../reports/evidence/rules.js';
import { recordEvent } from './case-events.js';
import type { Db } from './database.js';
import { caseEvents, evidence, evidenceLooks, staff } from './schema.js';

/** What the opening of a file is called among the events of a case. */
export const EVENT_OF: Readonly<Record<LookAim, CaseEventKind>> = {
  copy: 'evidence_opened',
  original: 'evidence_original',
  release: 'evidence_released',
};

/** The one place where what is done with a file becomes an event of its case. */
export function recordEvidence(
  tx: Db,
  {
    evidenceId,
    reason,
    agency,
    ...event
  }: {
    readonly caseId: string;
    readonly kind: CaseEventKind;
    readonly evidenceId: string;
    readonly reason?: OpeningReason;
    /** Of whoever acts, where it is not the agency of the case. */
    readonly agency?: string;
    readonly staffId: string;
    readonly at: Date;
  },
): Promise<void> {
  return recordEvent(tx, {
    ...event,
    detail: {
      evidence: evidenceId,
      ...(reason === undefined ? {} : { reason }),
      ...(agency === undefined ? {} : { agency }),
    },
  });
}

/**
 * The second person's signature: whoever asked may open it from now on, and an end of the quarantine is carried out. Both acts are
 * events. The caller holds the case's lock and knows that this person may.
 */
export async function agreeToLook(
  tx: Db,
  look: typeof evidenceLooks.$inferSelect,
  second: { readonly staffId: string; readonly at: Date; readonly above?: string },
): Promise<AgreeOutcome> {
  const { id, caseId, evidenceId, aim, reason } = look;
  const { staffId, at, above } = second;
  if (look.openFrom !== null || look.until <= at) return { kind: 'too_late' };
  if (look.staffId === staffId) return { kind: 'own' };
  await tx
    .update(evidenceLooks)
    .set({ agreedBy: staffId, openFrom: at, until: new Date(at.getTime() + OPEN_FOR) })
    .where(eq(evidenceLooks.id, id));
  if (aim === 'release')
    await tx.update(evidence).set({ quarantined: false }).where(eq(evidence.id, evidenceId));
  const event = { caseId, evidenceId, reason, at };
  await recordEvidence(tx, {
    ...event,
    staffId,
    ...(above === undefined ? { kind: 'evidence_agreed' } : { kind: 'evidence_agreed_above', agency: above }),
  });
  await recordEvidence(tx, { ...event, kind: EVENT_OF[aim], staffId: look.staffId });
  return { kind: 'agreed' };
}

/** From the record, as it was then: members move. Null when the second person was of the agency of the case. */
const agencyThatAgreed = sql<string | null>`(
  select ${caseEvents.detail} ->> 'agency' from ${caseEvents}
  where ${caseEvents.caseId} = ${evidenceLooks.caseId} and ${caseEvents.kind} = 'evidence_agreed_above'
    and ${caseEvents.staffId} = ${evidenceLooks.agreedBy} and ${caseEvents.at} = ${evidenceLooks.openFrom}
  limit 1)`;

/** Who opened this file, and who asks just now; newest first. */
export async function readLooks(tx: Db, evidenceId: string, now: Date): Promise<Look[]> {
  const second = alias(staff, 'second');
  const rows = await tx
    .select({ look: evidenceLooks, name: staff.name, agreedBy: second.name, agreedFrom: agencyThatAgreed })
    .from(evidenceLooks)
    .innerJoin(staff, eq(staff.id, evidenceLooks.staffId))
    .leftJoin(second, eq(second.id, evidenceLooks.agreedBy))
    .where(
      and(
        eq(evidenceLooks.evidenceId, evidenceId),
        or(isNotNull(evidenceLooks.openFrom), gt(evidenceLooks.until, now)),
      ),
    )
    .orderBy(desc(evidenceLooks.at));
  return rows.map(({ look, name, agreedBy, agreedFrom }) => ({
    id: look.id,
    aim: look.aim,
    reason: look.reason,
    at: look.openFrom ?? look.at,
    by: { staffId: look.staffId, name },
    ...(agreedBy === null ? {} : { agreedBy }),
    ...(agreedFrom === null ? {} : { agreedFrom }),
    until: look.until,
    state: look.openFrom === null ? 'asked' : 'open',
  }));
}

/** Whether this person may open it now: they gave a reason, and where it needs two, the second agreed. */
export async function isOpenFor(
  tx: Db,
  evidenceId: string,
  staffId: string,
  aim: LookAim,
  now: Date,
): Promise<boolean> {
  return (await newestLook(tx, evidenceId, staffId, aim, now, true)) !== undefined;
}

/** Whether this person waits for a second one. */
export async function isAsked(
  tx: Db,
  evidenceId: string,
  staffId: string,
  aim: LookAim,
  now: Date,
): Promise<boolean> {
  return (await newestLook(tx, evidenceId, staffId, aim, now, false)) !== undefined;
}

async function newestLook(
  tx: Db,
  evidenceId: string,
  staffId: string,
  aim: LookAim,
  now: Date,
  open: boolean,
): Promise<string | undefined> {
  const [look] = await tx
    .select({ id: evidenceLooks.id })
    .from(evidenceLooks)
    .where(
      and(
        eq(evidenceLooks.evidenceId, evidenceId),
        eq(evidenceLooks.staffId, staffId),
        eq(evidenceLooks.aim, aim),
        open ? isNotNull(evidenceLooks.openFrom) : isNull(evidenceLooks.openFrom),
        gt(evidenceLooks.until, now),
      ),
    )
    .limit(1);
  return look?.id;
}
