import { eq } from 'drizzle-orm';
import type { ReplyDelivery } from '../reports/case.js';
import type { Db } from './database.js';
import { publishQueueChange } from './news.js';
import { caseMessages, cases } from './schema.js';

/** Notes how a reply fares on its way, and tells the open pages of its agency. Nothing happens without a reply. */
export async function noteDelivery(tx: Db, replyId: string | null, delivery: ReplyDelivery): Promise<void> {
  if (replyId === null) return;
  const [message] = await tx
    .update(caseMessages)
    .set({ delivery })
    .where(eq(caseMessages.id, replyId))
    .returning({ reportId: caseMessages.reportId });
  if (!message) return;
  const [touched] = await tx
    .update(cases)
    .set({ lastMessageAt: new Date() })
    .where(eq(cases.reportId, message.reportId))
    .returning({ agencyId: cases.agencyId });
  if (touched) await publishQueueChange(tx, touched.agencyId);
}
