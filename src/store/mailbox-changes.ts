import { randomBytes } from 'node:crypto';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Call, CallOutcome } from '../conversation/talk.js';
import type { CaseEventKind } from '../reports/case.js';
import { makeCode, writeCode } from '../reports/code.js';
import type { CallContext } from './call-context.js';
import { recordEvent } from './case-events.js';
import { publishQueueChange } from './news.js';
import { withdrawReplies } from './replies.js';
import { caseMessages, cases, mailboxes, secondCodes } from './schema.js';

type ChangeCall = Extract<Call, { action: 'change_mailbox' }>;

/** Does what the reporter wishes for their side of the case (`MAILBOX_CHANGES`). A mailbox that is gone needs no change. */
export async function changeMailbox(context: CallContext, call: ChangeCall): Promise<CallOutcome> {
  const done = { action: 'change_mailbox', result: 'ok' } as const;
  switch (call.change) {
    case 'quiet':
      await beQuiet(context, call.mailbox);
      return done;
    case 'erase':
      await eraseRead(context, call.mailbox);
      return done;
    case 'second_code': {
      const code = await makeSecondCode(context, call.mailbox);
      return code === undefined ? done : { ...done, code };
    }
    case 'leave':
      await leave(context, call.mailbox);
      return done;
  }
}

/** One mailbox, or all that may write to this talk, fall silent at once: also what is already on its way. */
async function beQuiet({ tx, talkId }: CallContext, mailbox: string | undefined): Promise<void> {
  const wanted = mailbox === undefined ? eq(mailboxes.talkId, talkId) : eq(mailboxes.id, mailbox);
  const quieted = await tx.select({ talkId: mailboxes.talkId }).from(mailboxes).where(wanted).for('update');
  await tx.update(mailboxes).set({ wish: 'nothing', talkId: null }).where(wanted);
  for (const tied of new Set(quieted.map((row) => row.talkId))) if (tied) await withdrawReplies(tx, tied);
}

async function eraseRead({ tx, now }: CallContext, mailbox: string | undefined): Promise<void> {
  const found = await reportOf(tx, mailbox);
  if (!found) return;
  await tx
    .update(caseMessages)
    .set({ erasedAt: new Date(now) })
    .where(
      and(
        eq(caseMessages.reportId, found.reportId),
        eq(caseMessages.from, 'staff'),
        isNotNull(caseMessages.seenAt),
        isNull(caseMessages.erasedAt),
      ),
    );
}

/** A new pair in place of an older one. */
async function makeSecondCode(
  context: CallContext,
  mailbox: string | undefined,
): Promise<string | undefined> {
  const found = await reportOf(context.tx, mailbox);
  if (!found || mailbox === undefined) return undefined;
  const code = makeCode(randomBytes);
  const { finds: codeLookup } = await context.codeLookup(code);
  await context.tx
    .insert(secondCodes)
    .values({ mailboxId: mailbox, codeLookup })
    .onConflictDoUpdate({ target: secondCodes.mailboxId, set: { codeLookup, usedAt: null } });
  return writeCode(code);
}

/** The code opens nothing any more and nothing can be pushed; what was told stays with those who help. */
async function leave(context: CallContext, mailbox: string | undefined): Promise<void> {
  const found = await reportOf(context.tx, mailbox);
  if (!found || mailbox === undefined) return;
  await beQuiet(context, mailbox);
  await context.tx.delete(mailboxes).where(eq(mailboxes.id, mailbox));
  await tell(context, found.reportId, 'reporter_left');
}

/**
 * Whether this is somebody's second code. Staff are told without a sign in the talk; a case that is not open yet, or closed,
 * is only marked. Looked up for every code, also a right one, so that nothing can be told by how long it takes.
 */
export async function usesSecondCode(context: CallContext, lookup: Uint8Array): Promise<boolean> {
  const at = new Date(context.now);
  const [used] = await context.tx
    .update(secondCodes)
    .set({ usedAt: at })
    .where(eq(secondCodes.codeLookup, lookup))
    .returning({ mailboxId: secondCodes.mailboxId });
  if (!used) return false;
  const found = await reportOf(context.tx, used.mailboxId);
  if (found) await tell(context, found.reportId, 'under_pressure');
  return true;
}

async function reportOf(
  tx: CallContext['tx'],
  mailbox: string | undefined,
): Promise<{ reportId: string } | undefined> {
  if (mailbox === undefined) return undefined;
  const [found] = await tx
    .select({ reportId: mailboxes.reportId })
    .from(mailboxes)
    .where(eq(mailboxes.id, mailbox))
    .for('update');
  return found;
}

async function tell(
  { tx, now }: CallContext,
  reportId: string,
  kind: Extract<CaseEventKind, 'under_pressure' | 'reporter_left'>,
): Promise<void> {
  const at = new Date(now);
  const [marked] = await tx
    .update(cases)
    .set(kind === 'under_pressure' ? { underPressureAt: at } : { reporterLeftAt: at })
    .where(eq(cases.reportId, reportId))
    .returning({ id: cases.id, agencyId: cases.agencyId });
  if (!marked) return;
  await recordEvent(tx, { caseId: marked.id, kind, at });
  await publishQueueChange(tx, marked.agencyId);
}
