import { asc, eq } from 'drizzle-orm';
import type { CaseEvent, CaseMessage, QueueRow } from '../reports/case.js';
import { openMessage } from '../reports/keys.js';
import type { Identity } from '../reports/sealing.js';
import type { Db } from './database.js';
import { caseEvents, caseMessages, type cases, staff } from './schema.js';

export type CaseRow = typeof cases.$inferSelect;

/** A stored case as a line of the queue. */
export function toQueueRow(row: CaseRow, takenByName: string | null): QueueRow {
  return {
    id: row.id,
    number: row.number,
    category: row.category,
    urgency: row.urgency,
    state: row.state,
    openedAt: row.openedAt,
    acceptBy: row.acceptBy,
    unread: row.unread,
    ...(row.dueAt === null || row.dueClock === null ? {} : { due: { clock: row.dueClock, at: row.dueAt } }),
    ...(row.placeCode === null ? {} : { placeCode: row.placeCode }),
    ...(row.lastMessageAt === null ? {} : { lastMessageAt: row.lastMessageAt }),
    ...(row.takenBy === null ? {} : { takenBy: { staffId: row.takenBy, name: takenByName ?? '' } }),
  };
}

/** The talk of a case, oldest first, opened with the case's identity. */
export async function readMessages(tx: Db, opened: Identity, reportId: string): Promise<CaseMessage[]> {
  const rows = await tx
    .select({ message: caseMessages, staffName: staff.name })
    .from(caseMessages)
    .leftJoin(staff, eq(staff.id, caseMessages.staffId))
    .where(eq(caseMessages.reportId, reportId))
    .orderBy(asc(caseMessages.at));
  return Promise.all(
    rows.map(async ({ message, staffName: name }) => ({
      id: message.id,
      from: message.from,
      text: await openMessage(message.sealedContent, opened),
      at: message.at,
      ...(name === null ? {} : { staffName: name }),
      ...(message.seenAt === null ? {} : { seenAt: message.seenAt }),
      ...(message.delivery === null ? {} : { delivery: message.delivery }),
    })),
  );
}

/** The timeline of a case, oldest first. */
export async function readEvents(tx: Db, caseId: string): Promise<CaseEvent[]> {
  const rows = await tx
    .select({ event: caseEvents, staffName: staff.name })
    .from(caseEvents)
    .leftJoin(staff, eq(staff.id, caseEvents.staffId))
    .where(eq(caseEvents.caseId, caseId))
    .orderBy(asc(caseEvents.position));
  return rows.map(({ event, staffName }) => ({
    kind: event.kind,
    at: event.at,
    ...(event.staffId === null ? {} : { staffId: event.staffId }),
    ...(staffName === null ? {} : { staffName }),
    ...(event.detail === null ? {} : { detail: event.detail }),
  }));
}
