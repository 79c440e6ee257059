import { asc, eq } from 'drizzle-orm';
import type { CaseEvent, CaseMessage, QueueRow } from '../reports/case.js';
import type { Db } from './database.js';
import { caseEvents, caseMessages, type cases, staff } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

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

/** The talk of a case, oldest first, opened. */
export async function readMessages(tx: Db, cipher: ServiceCipher, reportId: string): Promise<CaseMessage[]> {
  const rows = await tx
    .select({ message: caseMessages, staffName: staff.name })
    .from(caseMessages)
    .leftJoin(staff, eq(staff.id, caseMessages.staffId))
    .where(eq(caseMessages.reportId, reportId))
    .orderBy(asc(caseMessages.at));
  return rows.map(({ message, staffName: name }) => ({
    id: message.id,
    from: message.from,
    text: cipher.unseal(`message:${message.id}`, message.sealedContent),
    at: message.at,
    ...(name === null ? {} : { staffName: name }),
    ...(message.seenAt === null ? {} : { seenAt: message.seenAt }),
    ...(message.delivery === null ? {} : { delivery: message.delivery }),
  }));
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
