import { and, desc, eq, gt, isNotNull, isNull, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { CaseEventKind } from '../reports/case.js';
import type { Look, LookAim } from '../reports/evidence/desk.js';
import type { OpeningReason } from '../reports/evidence/rules.js';
import { recordEvent } from './case-events.js';
import type { Db } from './database.js';
import { evidenceLooks, staff } from './schema.js';

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
    ...event
  }: {
    readonly caseId: string;
    readonly kind: CaseEventKind;
    readonly evidenceId: string;
    readonly reason?: OpeningReason;
    readonly staffId: string;
    readonly at: Date;
  },
): Promise<void> {
  return recordEvent(tx, {
    ...event,
    detail: { evidence: evidenceId, ...(reason === undefined ? {} : { reason }) },
  });
}

/** Who opened this file, and who asks just now; newest first. */
export async function readLooks(tx: Db, evidenceId: string, now: Date): Promise<Look[]> {
  const second = alias(staff, 'second');
  const rows = await tx
    .select({ look: evidenceLooks, name: staff.name, agreedBy: second.name })
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
  return rows.map(({ look, name, agreedBy }) => ({
    id: look.id,
    aim: look.aim,
    reason: look.reason,
    at: look.openFrom ?? look.at,
    by: { staffId: look.staffId, name },
    ...(agreedBy === null ? {} : { agreedBy }),
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
