import { randomBytes, randomUUID } from 'node:crypto';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Call, CallOutcome } from '../conversation/talk.js';
import { ageBandOf } from '../reports/age-band.js';
import { makeCode, readCode, writeCode } from '../reports/code.js';
import type { CodeHash } from '../reports/code-lookup.js';
import { openMessage, sealReport } from '../reports/keys.js';
import { lockBox, openBox } from '../reports/locked-box.js';
import type { ReportContent, ReportDraft } from '../reports/report.js';
import { type Identity, makeKeyPair } from '../reports/sealing.js';
import type { CallContext } from './call-context.js';
import { recordEvent } from './case-events.js';
import { holdersForReport, keepCaseKey, sealForCase } from './case-keys.js';
import { changeMailbox, usesSecondCode } from './mailbox-changes.js';
import { publishQueueChange } from './news.js';
import { dropGivenAnswers } from './outbox.js';
import { caseMessages, cases, mailboxes, reports, talks } from './schema.js';
import { tieEvidence } from './tie-evidence.js';

/** Wrong codes a talk may try within the window before it must wait. */
const MAX_GUESSES = 5;
const GUESS_WINDOW = 15 * 60_000;

/** Does what a flow step asked for, inside the turn's transaction. */
export async function performCall(context: CallContext, call: Call): Promise<CallOutcome> {
  switch (call.action) {
    case 'submit_report':
      return submitReport(context, call.draft);
    case 'open_mailbox':
      return openMailbox(context, call.code);
    case 'write_to_case':
      return writeToCase(context, call);
    case 'change_mailbox':
      // Whoever says what may be sent, erased or closed has read what was shown.
      await dropGivenAnswers(context.tx, context.talkId);
      return changeMailbox(context, call);
  }
}

async function submitReport(context: CallContext, draft: ReportDraft): Promise<CallOutcome> {
  const reportId = randomUUID();
  const content: ReportContent = {
    details: draft.details,
    voice: draft.voice,
    ...(draft.words === undefined ? {} : { words: draft.words }),
    ...(draft.placeWords === undefined ? {} : { placeWords: draft.placeWords }),
  };
  const { tx } = context;
  const code = makeCode(randomBytes);
  const { finds, opens } = await context.codeLookup(code);
  const receivedAt = new Date(context.now);
  const clear = {
    category: draft.category,
    placeCode: draft.placeCode ?? null,
    accusedOffice: draft.accusedOffice ?? null,
    ageBand: ageBandOf(draft.details.age_band) ?? null,
    receivedAt,
  };
  const [caseKey, mailboxKey] = [await makeKeyPair(), await makeKeyPair()];
  await tx.insert(reports).values({
    id: reportId,
    ...clear,
    urgency: draft.urgency,
    sealedContent: await sealReport(content, caseKey.recipient),
    state: 'waiting',
  });
  await keepCaseKey(
    tx,
    reportId,
    caseKey,
    await holdersForReport(tx, context.directory, { id: reportId, ...clear }, receivedAt),
  );
  const mailboxId = randomUUID();
  await tx.insert(mailboxes).values({
    id: mailboxId,
    reportId,
    codeLookup: finds,
    recipient: mailboxKey.recipient,
    sealedIdentity: lockBox(opens, `mailbox:${mailboxId}`, mailboxKey.identity),
    wish: draft.contactWish,
    hours: draft.contactHours ?? null,
    // Without a wish to be written to, nothing ties the report to the person who sent it.
    talkId: draft.contactWish === 'nothing' ? null : context.talkId,
    createdAt: receivedAt,
  });
  // The summary that was just agreed to holds the reporter's words.
  await dropGivenAnswers(tx, context.talkId);
  await tieEvidence(context, reportId, draft.evidence ?? [], draft.sensitiveFiles === true);
  context.reports.push({ id: reportId, urgency: draft.urgency });
  return { action: 'submit_report', result: 'ok', code: writeCode(code) };
}

async function openMailbox(context: CallContext, text: string): Promise<CallOutcome> {
  if (await guessesUsedUp(context)) return { action: 'open_mailbox', result: 'too_many' };
  const code = readCode(text);
  const hash = code && (await context.codeLookup(code));
  const found = hash && (await findMailbox(context, hash));
  if (hash && (await usesSecondCode(context, hash.finds)))
    return { action: 'open_mailbox', result: 'lesson' };
  if (!found) {
    await countGuess(context);
    return { action: 'open_mailbox', result: 'wrong' };
  }
  const { mailbox, identity } = found;
  const replies = await context.tx
    .select({ content: caseMessages.sealedContent, at: caseMessages.at })
    .from(caseMessages)
    .where(
      and(
        eq(caseMessages.reportId, mailbox.reportId),
        eq(caseMessages.from, 'staff'),
        isNull(caseMessages.erasedAt),
      ),
    )
    .orderBy(asc(caseMessages.at));
  await context.tx
    .update(caseMessages)
    .set({ seenAt: new Date(context.now) })
    .where(
      and(
        eq(caseMessages.reportId, mailbox.reportId),
        eq(caseMessages.from, 'staff'),
        isNull(caseMessages.seenAt),
      ),
    );
  const opened: { text: string; at: number }[] = [];
  if (identity !== undefined)
    for (const { content, at } of replies)
      opened.push({ text: await openMessage(content, identity), at: at.getTime() });
  return {
    action: 'open_mailbox',
    result: 'ok',
    mailbox: mailbox.id,
    state: mailbox.state ?? 'new',
    replies: opened,
  };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** The mailbox of a code and, unless its case was made unreadable, the identity that opens the replies. */
async function findMailbox(context: CallContext, { finds, opens }: CodeHash) {
  const [mailbox] = await context.tx
    .select({
      id: mailboxes.id,
      reportId: mailboxes.reportId,
      sealedIdentity: mailboxes.sealedIdentity,
      state: cases.state,
    })
    .from(mailboxes)
    .leftJoin(cases, eq(cases.reportId, mailboxes.reportId))
    .where(eq(mailboxes.codeLookup, finds));
  if (!mailbox) return undefined;
  const { sealedIdentity } = mailbox;
  const identity =
    sealedIdentity === null
      ? undefined
      : (openBox(opens, `mailbox:${mailbox.id}`, sealedIdentity) as Identity);
  return { mailbox, identity };
}

async function guessesUsedUp(context: CallContext): Promise<boolean> {
  const [talk] = await context.tx
    .select({ guesses: talks.guesses, since: talks.guessesSince })
    .from(talks)
    .where(eq(talks.id, context.talkId));
  return (talk?.guesses ?? 0) >= MAX_GUESSES && context.now - (talk?.since?.getTime() ?? 0) < GUESS_WINDOW;
}

async function countGuess(context: CallContext): Promise<void> {
  const now = new Date(context.now).toISOString();
  const windowStart = new Date(context.now - GUESS_WINDOW).toISOString();
  const stillOpen = sql`${talks.guessesSince} > ${windowStart}::timestamptz`;
  await context.tx
    .update(talks)
    .set({
      guesses: sql`case when ${stillOpen} then ${talks.guesses} + 1 else 1 end`,
      guessesSince: sql`case when ${stillOpen} then ${talks.guessesSince} else ${now}::timestamptz end`,
    })
    .where(eq(talks.id, context.talkId));
}

async function writeToCase(
  context: CallContext,
  { mailbox: mailboxId, text, evidence = [], feedback }: Extract<Call, { action: 'write_to_case' }>,
): Promise<CallOutcome> {
  const [mailbox] = await context.tx
    .select({ reportId: mailboxes.reportId, codeLookup: mailboxes.codeLookup })
    .from(mailboxes)
    .where(eq(mailboxes.id, mailboxId));
  if (!mailbox) return { action: 'write_to_case', result: 'closed' };
  // The two numbers would lie in the case, for everybody who reads it.
  const code = readCode(text);
  if (code && isSame(mailbox.codeLookup, (await context.codeLookup(code)).finds))
    return { action: 'write_to_case', result: 'has_code' };
  // The same lock as the dispatch job's: a message is counted either by it or here, never by neither.
  const [kept] = await context.tx
    .select({ id: reports.id })
    .from(reports)
    .where(eq(reports.id, mailbox.reportId))
    .for('update');
  // Retention deleted it while this message waited for the lock.
  if (!kept) return { action: 'write_to_case', result: 'closed' };
  const [found] = await context.tx
    .select({ id: cases.id, state: cases.state, agencyId: cases.agencyId })
    .from(cases)
    .where(eq(cases.reportId, mailbox.reportId));
  // A closed case takes one thing more: whether it helped.
  if (found?.state === 'closed' && feedback === undefined)
    return { action: 'write_to_case', result: 'closed' };
  if (found && feedback !== undefined)
    await context.tx.update(cases).set({ feedback }).where(eq(cases.id, found.id));
  if (feedback !== undefined && text === '') return { action: 'write_to_case', result: 'ok' };
  const id = randomUUID();
  const at = new Date(context.now);
  await context.tx.insert(caseMessages).values({
    id,
    reportId: mailbox.reportId,
    from: 'reporter',
    sealedContent: await sealForCase(context.tx, mailbox.reportId, text),
    at,
  });
  const leftOut = await tieEvidence(context, mailbox.reportId, evidence);
  await dropGivenAnswers(context.tx, context.talkId);
  if (found) {
    await context.tx
      .update(cases)
      .set({ unread: sql`${cases.unread} + 1`, lastMessageAt: at })
      .where(eq(cases.id, found.id));
    await recordEvent(context.tx, { caseId: found.id, kind: 'reporter_wrote', at });
    await publishQueueChange(context.tx, found.agencyId);
  }
  return { action: 'write_to_case', result: 'ok', ...(leftOut > 0 ? { filesLeftOut: leftOut } : {}) };
}
