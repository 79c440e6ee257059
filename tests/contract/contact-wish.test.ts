import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import type { Incoming } from '../../src/conversation/message.js';
import type { Call, CallOutcome } from '../../src/conversation/talk.js';
import { createCodeLookup } from '../../src/reports/code-lookup.js';
import { CONTACT_HOURS, nextAllowed } from '../../src/reports/contact-hours.js';
import { CONTACT_WISHES, type ReportDraft } from '../../src/reports/report.js';
import type { Database, Db } from '../../src/store/database.js';
import { ensureRecoveryKey } from '../../src/store/recovery-keys.js';
import { releaseDeferred, sendReply } from '../../src/store/replies.js';
import { caseMessages, deferredReplies, outbox } from '../../src/store/schema.js';
import { unsealOutgoing } from '../../src/store/sealed-outgoing.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createTurnStore } from '../../src/store/turns.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { openDatabase } from '../support/open-database.js';
import { trueDirectory as directory } from '../support/true-directory.js';

const cipher = createServiceCipher([randomBytes(32)]);
const NOTE = 'Bạn có một tin mới.';
const START = Date.parse('2026-11-24T03:00:00Z');
const HOUR = 3_600_000;

type Act =
  | { readonly do: 'reply' }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'quiet' | 'quiet_all' | 'leave' | 'forget' };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'reply' } as const) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('quiet' as const, 'quiet_all' as const, 'leave' as const, 'forget' as const),
    }),
  },
);

describeOnEachDatabase('what staff write reaches a phone only as the reporter wished', (make) => {
  let backend: Backend;
  let database: Database;
  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
    await ensureRecoveryKey(database.db, () => undefined);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });

  test('whatever is chosen, written, waited for and changed', async () => {
    const turns = createTurnStore({
      db: database.db,
      cipher,
      codeLookup: createCodeLookup(Buffer.alloc(16, 7)),
      directory,
      answersInPlace: () => false,
      onLostTalk: () => undefined,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CONTACT_WISHES),
        fc.constantFrom(undefined, ...CONTACT_HOURS),
        fc.integer({ min: 0, max: 23 }),
        fc.array(act, { minLength: 1, maxLength: 10 }),
        async (wish, hours, begins, acts) => {
          let now = START + begins * HOUR;
          const person = cipher.contactHash('telegram', randomUUID());
          const incoming = (): Incoming => ({
            channel: 'telegram',
            messageId: randomUUID(),
            contact: person,
            address: '1',
            content: { kind: 'text', text: 'x' },
          });
          const perform = async (call: Call): Promise<CallOutcome> => {
            let outcome: CallOutcome | undefined;
            await turns.takeTurn(incoming(), now, async (turn) => {
              outcome = await turn.perform(call, now);
              return { talk: { format: 3, lastHeard: now }, outgoing: [], forget: false };
            });
            if (!outcome) throw new Error('nothing came of the call');
            return outcome;
          };
          const draft: ReportDraft = {
            category: 'neglect',
            urgency: 'normal',
            details: {},
            contactWish: wish,
            ...(hours === undefined ? {} : { contactHours: hours }),
            voice: 'teen',
          };
          let reportId = '';
          let code = '';
          const sent = await turns.takeTurn(incoming(), now, async (turn) => {
            const outcome = await turn.perform({ action: 'submit_report', draft }, now);
            if (outcome.action === 'submit_report') code = outcome.code;
            return { talk: { format: 3, lastHeard: now }, outgoing: [], forget: false };
          });
          if (sent.kind === 'done') reportId = sent.committed.reports[0]?.id ?? '';
          const opened = await perform({ action: 'open_mailbox', code });
          const mailbox = opened.action === 'open_mailbox' && opened.result === 'ok' ? opened.mailbox : '';

          let mayWrite = wish !== 'nothing';
          const written: string[] = [];
          const arrived = new Set<string>();
          const look = async (): Promise<void> => {
            for (const id of written) {
              const rows = await database.db.select().from(outbox).where(eq(outbox.id, id));
              for (const row of rows) {
                // Nothing is on its way but what is allowed, now, and no more than was allowed.
                expect(mayWrite).toBe(true);
                const text = unsealOutgoing(cipher, row.id, row.sealedContent).text;
                expect(text).toBe(wish === 'replies' ? `lời của ${row.replyId}` : NOTE);
                arrived.add(id);
                await database.db.delete(outbox).where(eq(outbox.id, row.id));
              }
            }
          };
          const noteIds = async (tx: Db, replyId: string, id: string | undefined): Promise<void> => {
            const waiting = await tx
              .select({ id: deferredReplies.id, sendAt: deferredReplies.sendAt })
              .from(deferredReplies)
              .where(eq(deferredReplies.replyId, replyId));
            const expected = mayWrite ? nextAllowed(hours, now) : undefined;
            expect(id !== undefined).toBe(expected === now);
            expect(waiting.map(({ sendAt }) => sendAt.getTime())).toEqual(
              expected !== undefined && expected > now ? [expected] : [],
            );
            written.push(...waiting.map((row) => row.id), ...(id === undefined ? [] : [id]));
          };
          for (const each of acts) {
            if (each.do === 'wait') {
              now += each.hours * HOUR;
              for (const id of await releaseDeferred(database.db, new Date(now)))
                expect(written).toContain(id);
            } else if (each.do === 'reply') {
              const replyId = randomUUID();
              await database.db.transaction(async (tx) => {
                await tx.insert(caseMessages).values({
                  id: replyId,
                  reportId,
                  from: 'staff',
                  sealedContent: new Uint8Array(1),
                  at: new Date(now),
                });
                const sink = { neutralNote: () => NOTE, afterCommit: () => undefined };
                const text = `lời của ${replyId}`;
                await noteIds(
                  tx,
                  replyId,
                  await sendReply(tx, cipher, sink, reportId, replyId, text, new Date(now)),
                );
              });
            } else if (each.do === 'forget') {
              await turns.takeTurn(incoming(), now, async () => ({
                talk: { format: 3, lastHeard: now },
                outgoing: [],
                forget: true,
              }));
              mayWrite = false;
            } else {
              const change = each.do === 'leave' ? 'leave' : 'quiet';
              await perform({
                action: 'change_mailbox',
                change,
                ...(each.do === 'quiet_all' ? {} : { mailbox }),
              });
              mayWrite = false;
            }
            await look();
          }
          // What was allowed and had its hour did go out.
          now += 24 * HOUR;
          await releaseDeferred(database.db, new Date(now));
          await look();
          if (mayWrite) expect([...arrived].sort()).toEqual([...written].sort());
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  test('the second code opens a lesson, marks the case, and nothing shows it', async () => {
    const turns = createTurnStore({
      db: database.db,
      cipher,
      codeLookup: createCodeLookup(Buffer.alloc(16, 7)),
      directory,
      answersInPlace: () => true,
      onLostTalk: () => undefined,
    });
    const on = async (phone: string, call: Call): Promise<CallOutcome | undefined> => {
      let outcome: CallOutcome | undefined;
      await turns.takeTurn(
        {
          channel: 'webchat',
          messageId: randomUUID(),
          contact: cipher.contactHash('webchat', phone),
          content: { kind: 'text', text: 'x' },
        },
        START,
        async (turn) => {
          outcome = await turn.perform(call, START);
          return { talk: { format: 3, lastHeard: START }, outgoing: [], forget: false };
        },
      );
      return outcome;
    };
    const report = await on('one', {
      action: 'submit_report',
      draft: { category: 'neglect', urgency: 'normal', details: {}, contactWish: 'nothing', voice: 'child' },
    });
    const code = report?.action === 'submit_report' ? report.code : '';
    const opened = await on('two', { action: 'open_mailbox', code });
    const mailbox = opened?.action === 'open_mailbox' && opened.result === 'ok' ? opened.mailbox : '';
    const made = await on('two', { action: 'change_mailbox', change: 'second_code', mailbox });
    const second = made?.action === 'change_mailbox' ? (made.code ?? '') : '';
    expect(second).not.toBe(code);
    expect(await on('three', { action: 'open_mailbox', code: second })).toEqual({
      action: 'open_mailbox',
      result: 'lesson',
    });
    // The first still opens; its own words are not taken with the numbers in them.
    expect(await on('two', { action: 'open_mailbox', code })).toMatchObject({ result: 'ok' });
    const text = `đây là ${code} của con`;
    expect(await on('two', { action: 'write_to_case', mailbox, text })).toMatchObject({ result: 'has_code' });
    await on('two', { action: 'change_mailbox', change: 'leave', mailbox });
    expect(await on('two', { action: 'open_mailbox', code })).toMatchObject({ result: 'wrong' });
    expect(await on('three', { action: 'open_mailbox', code: second })).toMatchObject({ result: 'wrong' });
  });
});
