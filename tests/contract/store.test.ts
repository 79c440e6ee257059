import { randomBytes, randomUUID } from 'node:crypto';
import type { Incoming, Outgoing } from '../../src/conversation/message.js';
import type { CallOutcome, NamedTalk, Talk } from '../../src/conversation/talk.js';
import type { OpenTurn, StoredTurn } from '../../src/conversation/turn-store.js';
import type { Agency, CompetenceQuestion, Directory } from '../../src/directory/directory.js';
import { createCodeLookup } from '../../src/reports/code-lookup.js';
import { loadDeadlines } from '../../src/reports/deadlines.js';
import type { ContactWish, ReportDraft } from '../../src/reports/report.js';
import { createCasePorts } from '../../src/store/case-ports.js';
import { createCaseDesk } from '../../src/store/cases.js';
import type { Database } from '../../src/store/database.js';
import { createDeliveries } from '../../src/store/deliveries.js';
import { dispatchReport } from '../../src/store/dispatch.js';
import { createKeyring } from '../../src/store/keyring.js';
import { subscribeToNews } from '../../src/store/news.js';
import { createOutbox } from '../../src/store/outbox.js';
import { purge } from '../../src/store/purge.js';
import { ensureRecoveryKey } from '../../src/store/recovery-keys.js';
import { resealUnderCurrentKey } from '../../src/store/rotation.js';
import { installationSecret } from '../../src/store/secrets.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createTurnStore } from '../../src/store/turns.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { addHandler, type MemberAtWork } from '../support/members.js';
import { openDatabase } from '../support/open-database.js';
import { trueDirectory } from '../support/true-directory.js';
import { until } from '../support/until.js';

const serviceKey = randomBytes(32);
const cipher = createServiceCipher([serviceKey]);
/** Nobody shares people with anybody. */
const deadlines = loadDeadlines(process.cwd());
const lonely = {
  communeAgencyId: () => 'ubnd-1',
  agency: () => undefined,
  excludedWith: (agencyId: string) => [{ agencyId, why: 'works_there' as const }],
};
const ports = createCasePorts(lonely, deadlines);
const NOW = Date.parse('2026-11-24T03:00:00Z');
const commune: Agency = {
  id: 'ubnd-1',
  name: 'UBND xã Một',
  level: 'commune',
  placeCode: '1',
  parent: 'so-y-te',
};
const directory = {
  competentFor: () => ({ lead: commune, above: [], cooperating: [], basis: 'test', steppedOver: [] }),
  agency: (id: string) => (id === commune.id ? commune : undefined),
  communeAgencyId: () => commune.id,
  exclusionsOf: () => [],
} as unknown as Directory;

const incoming = (
  contact: string,
  messageId: string,
  channel: Incoming['channel'] = 'webchat',
): Incoming => ({
  channel,
  messageId,
  contact: cipher.contactHash(channel, contact),
  address: `address of ${contact}`,
  content: { kind: 'text', text: 'x' },
});
const message = (text: string): Outgoing => ({
  id: randomUUID(),
  kind: 'text',
  text,
  choices: [],
  sources: [],
});
const talk = (lastHeard = NOW): NamedTalk => ({ format: 1, lastHeard, heard: 0 });
const heardIn = (kept: Talk | undefined): number => Number((kept as NamedTalk | undefined)?.heard ?? 0);
const draft = (contactWish: ContactWish): ReportDraft => ({
  category: 'physical_abuse',
  urgency: 'urgent',
  placeCode: '1',
  words: 'lời kể riêng của em',
  details: { when: 'tối qua' },
  contactWish,
  voice: 'teen',
});

describeOnEachDatabase('the store', (make) => {
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

  const turnStore = () =>
    createTurnStore({
      db: database.db,
      cipher,
      codeLookup: createCodeLookup(Buffer.alloc(16, 7)),
      directory,
      answersInPlace: (channel) => channel === 'webchat',
      onLostTalk: () => undefined,
    });
  const take = (
    what: Incoming,
    reply: Outgoing[] = [],
    work?: (turn: OpenTurn) => Promise<unknown>,
    forget = false,
  ): Promise<StoredTurn> =>
    turnStore().takeTurn(what, NOW, async (turn) => {
      await work?.(turn);
      const heard = heardIn(turn.talk) + 1;
      return { talk: { ...talk(), heard }, outgoing: reply, forget };
    });
  const desk = (sent: string[] = []) =>
    createCaseDesk({
      db: database.db,
      cipher,
      ports,
      now: () => NOW,
      replyWindow: () => undefined,
      replies: { neutralNote: () => 'Bạn có một tin mới.', afterCommit: (id) => sent.push(id) },
    });
  let first: MemberAtWork | undefined;
  const newHandler = async (): Promise<MemberAtWork> => {
    const member = await addHandler(database.db, keyring(), 'ubnd-1', first);
    first ??= member;
    return member;
  };
  const keyring = () =>
    createKeyring({
      db: database.db,
      directory,
      now: () => NOW,
      dispatch: () => undefined,
      onFault: (_work, error) => {
        throw error;
      },
    });
  const submit = async (contact: string, wish: ContactWish): Promise<{ reportId: string; code: string }> => {
    let outcome: CallOutcome | undefined;
    const turn = await take(incoming(contact, randomUUID()), [], async (open) => {
      outcome = await open.perform({ action: 'submit_report', draft: draft(wish) }, NOW);
    });
    if (turn.kind !== 'done' || outcome?.action !== 'submit_report') throw new Error('not submitted');
    return { reportId: turn.committed.reports[0]?.id ?? '', code: outcome.code };
  };
  const openCase = async (reportId: string): Promise<string> => {
    const outcome = await dispatchReport({ db: database.db, directory, deadlines, now: () => NOW }, reportId);
    if (outcome.kind !== 'opened') throw new Error(outcome.kind);
    return outcome.caseId;
  };
  const openMailbox = async (contact: string, code: string): Promise<CallOutcome | undefined> => {
    let outcome: CallOutcome | undefined;
    await take(incoming(contact, randomUUID()), [], async (turn) => {
      outcome = await turn.perform({ action: 'open_mailbox', code }, NOW);
    });
    return outcome;
  };

  it('takes a message once: a redelivery gives the same replies and does nothing again', async () => {
    const reply = message('chào');
    const first = await take(incoming('a', 'm1'), [reply]);
    const again = await take(incoming('a', 'm1'), [message('khác')]);
    expect(first).toMatchObject({ kind: 'done', messages: [reply] });
    expect(again).toEqual({ kind: 'duplicate', messages: [reply] });
  });

  it('takes redeliveries that arrive at once, once', async () => {
    const turns = await Promise.all(Array.from({ length: 6 }, () => take(incoming('b', 'same'))));
    expect(turns.filter((turn) => turn.kind === 'done')).toHaveLength(1);
  });

  it('keeps the order within one talk and loses no turn when many come at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => take(incoming('c', `m${index}`))));
    let heard = 0;
    await take(incoming('c', 'last'), [], async (turn) => {
      heard = heardIn(turn.talk);
    });
    expect(heard).toBe(20);
  });

  it('stores nothing of a turn that failed, so that the redelivery is a first delivery', async () => {
    await expect(
      take(incoming('d', 'm1'), [], async () => {
        throw new Error('engine failed');
      }),
    ).rejects.toThrow('engine failed');
    expect((await take(incoming('d', 'm1'))).kind).toBe('done');
  });

  it('begins fresh when the stored talk can no longer be opened', async () => {
    await take(incoming('e', 'm1'));
    const stranger = createServiceCipher([randomBytes(32)]);
    const lost: string[] = [];
    const other = createTurnStore({
      db: database.db,
      cipher: { ...stranger, contactHash: cipher.contactHash },
      codeLookup: createCodeLookup(Buffer.alloc(16, 7)),
      directory,
      answersInPlace: () => true,
      onLostTalk: (error) => lost.push(error.name),
    });
    let seen: Talk | undefined = talk();
    await other.takeTurn(incoming('e', 'm2'), NOW, async (turn) => {
      seen = turn.talk;
      return { talk: talk(), outgoing: [], forget: false };
    });
    expect(seen).toBeUndefined();
    expect(lost).toHaveLength(1);
  });

  it('holds messages of a channel that needs sending until they are sent', async () => {
    const reply = message('chờ gửi');
    const turn = await take(incoming('f', 'm1', 'telegram'), [reply]);
    expect(turn).toMatchObject({ committed: { outbox: [{ id: reply.id, urgent: false }] } });
    const overdue = await createOutbox(database.db, cipher, () => NOW).overdue(new Date(NOW + 1));
    expect(overdue).toContainEqual({ id: reply.id, urgent: false });
  });

  it('forgets a talk whole when asked to', async () => {
    const what = incoming('g', 'm1');
    await take(what, [message('một')]);
    expect(await take(incoming('g', 'm2'), [message('tạm biệt')], undefined, true)).toMatchObject({
      messages: [{ text: 'tạm biệt' }],
    });
    expect(await createOutbox(database.db, cipher, () => NOW).messagesAfter('webchat', what.contact)).toEqual(
      [],
    );
    expect((await take(incoming('g', 'm1'))).kind).toBe('done');
  });

  it('carries a report to a case, a reply back to the talk, and opens it again with the code elsewhere', async () => {
    const lan = await newHandler();
    const { reportId, code } = await submit('h', 'replies');
    const caseId = await openCase(reportId);
    const sent: string[] = [];
    expect(await desk(sent).take(lan, caseId)).toEqual({ kind: 'taken' });
    const replyId = randomUUID();
    expect(await desk(sent).reply(lan, caseId, 'Cô chú đã nhận được tin.', replyId)).toEqual({
      kind: 'done',
    });
    expect(await desk(sent).reply(lan, caseId, 'Cô chú đã nhận được tin.', replyId)).toEqual({
      kind: 'done',
    });
    expect(sent).toHaveLength(1);
    const contact = cipher.contactHash('webchat', 'h');
    const waiting = await createOutbox(database.db, cipher, () => NOW).messagesAfter('webchat', contact);
    expect(waiting).toMatchObject([{ kind: 'reply', text: 'Cô chú đã nhận được tin.' }]);
    // Seen only once the reporter's page has acknowledged it.
    expect((await desk().open(lan, caseId))?.messages.at(-1)?.seenAt).toBeUndefined();
    await createOutbox(database.db, cipher, () => NOW).messagesAfter('webchat', contact, waiting[0]?.id);
    expect((await desk().open(lan, caseId))?.messages.at(-1)?.seenAt).toBeInstanceOf(Date);
    expect(await openMailbox('another browser', code)).toMatchObject({
      result: 'ok',
      state: 'accepted',
      replies: [{ text: 'Cô chú đã nhận được tin.' }],
    });
    const file = await desk().open(lan, caseId);
    expect(file).toMatchObject({
      report: { words: 'lời kể riêng của em' },
      contactWish: 'replies',
      messages: [{ seenAt: new Date(NOW) }],
    });
    expect(file?.events.map((event) => event.kind)).toEqual(['opened', 'taken', 'replied', 'looked']);
  });

  it.each([
    ['nothing', []],
    ['note', ['Bạn có một tin mới.']],
  ] as const)('sends no word of a reply when the reporter wished "%s"', async (wish, expected) => {
    const lan = await newHandler();
    const { reportId, code } = await submit(`wish ${wish}`, wish);
    const caseId = await openCase(reportId);
    await desk().take(lan, caseId);
    await desk().reply(lan, caseId, 'Nội dung riêng', randomUUID());
    const waiting = await createOutbox(database.db, cipher, () => NOW).messagesAfter(
      'webchat',
      cipher.contactHash('webchat', `wish ${wish}`),
    );
    expect(waiting.map((each) => each.text)).toEqual(expected);
    expect(await openMailbox('elsewhere', code)).toMatchObject({ replies: [{ text: 'Nội dung riêng' }] });
  });

  it('opens one case for a report, however often it is dispatched', async () => {
    await newHandler();
    const { reportId } = await submit('i', 'nothing');
    const outcomes = await Promise.all(
      [1, 2, 3].map(() =>
        dispatchReport({ db: database.db, directory, deadlines, now: () => NOW }, reportId),
      ),
    );
    expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual([
      'already_done',
      'already_done',
      'opened',
    ]);
  });

  it('never brings a report to the office where the accused person works', async () => {
    await newHandler();
    const real = trueDirectory;
    const opened: string[] = [];
    for (const accusedOffice of ['commune_committee', 'commune_police'] as const) {
      let reportId = '';
      const turn = await take(incoming('n', randomUUID()), [], (open) =>
        open.perform(
          { action: 'submit_report', draft: { ...draft('nothing'), placeCode: '30742', accusedOffice } },
          NOW,
        ),
      );
      if (turn.kind === 'done') reportId = turn.committed.reports[0]?.id ?? '';
      const asked: string[] = [];
      const watched = {
        ...real,
        competentFor: (question: CompetenceQuestion) => {
          asked.push(...question.excluded);
          const competence = real.competentFor({ ...question, isOpen: () => true });
          opened.push(competence.lead.id, ...competence.cooperating.map((agency) => agency.id));
          return competence;
        },
      };
      await dispatchReport({ db: database.db, directory: watched, deadlines, now: () => NOW }, reportId);
      expect(asked).toEqual([accusedOffice === 'commune_committee' ? 'ubnd-30742' : 'ca-30742']);
      expect(opened).not.toContain(asked[0]);
      opened.length = 0;
    }
  });

  it('lets one of two take a case and tells the other who has it', async () => {
    const [lan, minh] = [await newHandler(), await newHandler()];
    const caseId = await openCase((await submit('j', 'nothing')).reportId);
    const outcomes = await Promise.all([desk().take(lan, caseId), desk().take(minh, caseId)]);
    expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['already_taken', 'taken']);
    expect(outcomes.find((outcome) => outcome.kind === 'already_taken')).toMatchObject({ by: 'Chị Lan' });
  });

  it('shows a case to nobody of another agency and lets only its taker write and close', async () => {
    const [lan, minh] = [await newHandler(), await newHandler()];
    const caseId = await openCase((await submit('k', 'nothing')).reportId);
    const stranger = { ...lan, agencyId: 'ubnd-2' };
    expect(await desk().open(stranger, caseId)).toBeUndefined();
    expect(await desk().take(stranger, caseId)).toEqual({ kind: 'not_found' });
    expect((await desk().queue(stranger)).length).toBe(0);
    await desk().take(lan, caseId);
    expect(await desk().reply(minh, caseId, 'x', randomUUID())).toMatchObject({
      kind: 'not_yours',
      by: 'Chị Lan',
    });
    expect(await desk().close(minh, caseId, 'child_safe')).toMatchObject({ kind: 'not_yours' });
    expect(await desk().close(lan, caseId, 'child_safe')).toEqual({ kind: 'done' });
    expect(await desk().reply(lan, caseId, 'x', randomUUID())).toEqual({ kind: 'closed' });
    expect((await desk().queue(lan, { closed: true })).map((row) => row.id)).toContain(caseId);
    expect((await desk().queue(lan)).map((row) => row.id)).not.toContain(caseId);
  });

  it('brings what the reporter adds to the person who handles the case, and marks it seen by them', async () => {
    const lan = await newHandler();
    const { reportId, code } = await submit('l', 'nothing');
    const mailbox = await openMailbox('l', code);
    const write = (): Promise<StoredTurn> =>
      take(incoming('l', randomUUID()), [], (turn) =>
        turn.perform(
          {
            action: 'write_to_case',
            mailbox: (mailbox as { mailbox: string }).mailbox,
            text: 'thêm một điều',
          },
          NOW,
        ),
      );
    await write();
    const caseId = await openCase(reportId);
    await write();
    await desk().take(lan, caseId);
    expect((await desk().queue(lan, { mine: true })).find((row) => row.id === caseId)?.unread).toBe(2);
    expect((await desk().open(lan, caseId))?.messages.map((each) => each.text)).toEqual([
      'thêm một điều',
      'thêm một điều',
    ]);
    expect((await desk().queue(lan, { mine: true })).find((row) => row.id === caseId)?.unread).toBe(0);
  });

  it('stops guessing of codes after five wrong ones', async () => {
    const { code } = await submit('m', 'nothing');
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await openMailbox('guesser', `0912345678 038765432${guess}`)).toMatchObject({ result: 'wrong' });
    }
    expect(await openMailbox('guesser', code)).toMatchObject({ result: 'too_many' });
  });

  it('tells every process when a queue or a talk has news', async () => {
    const news = await subscribeToNews(database);
    const heard: string[] = [];
    const stop = news.onQueueChange('ubnd-1', () => heard.push('queue'));
    news.onContactNews('abc', () => heard.push('contact'));
    await newHandler();
    await openCase((await submit('n', 'nothing')).reportId);
    await createDeliveries(database.db, cipher, () => NOW).announce(randomUUID(), 'abc');
    await until(() => heard.includes('queue') && heard.includes('contact'));
    stop();
  });

  it('keeps its secret over restarts and key changes, and moves what is stored under a new key', async () => {
    const secret = await installationSecret(database.db, cipher, 'test');
    const rotated = createServiceCipher([randomBytes(32), serviceKey]);
    expect(await installationSecret(database.db, rotated, 'test')).toEqual(secret);
    const lan = await newHandler();
    const { reportId } = await submit('o', 'nothing');
    const caseId = await openCase(reportId);
    expect((await resealUnderCurrentKey(database.db, rotated)).moved).toBeGreaterThan(0);
    expect((await resealUnderCurrentKey(database.db, rotated)).moved).toBe(0);
    const rotatedDesk = createCaseDesk({
      db: database.db,
      cipher: rotated,
      ports: createCasePorts(lonely, deadlines),
      now: () => NOW,
      replyWindow: () => undefined,
      replies: { neutralNote: () => '', afterCommit: () => undefined },
    });
    expect(await rotatedDesk.open(lan, caseId)).toMatchObject({ report: { words: 'lời kể riêng của em' } });
    const forgotten = createServiceCipher([randomBytes(32), randomBytes(32)]);
    expect(await resealUnderCurrentKey(database.db, forgotten)).toMatchObject({
      moved: 0,
      left: expect.any(Number),
    });
  });

  it('purges what is done and keeps the way to reporters who wished to be written to', async () => {
    await take(incoming('old', 'm1'), [message('cũ')]);
    await submit('waits for an answer', 'replies');
    await purge(database.db, new Date(NOW + 40 * 24 * 3_600_000));
    let state: Talk | undefined = talk();
    await take(incoming('old', 'm1'), [], async (turn) => {
      state = turn.talk;
    });
    expect(state).toBeUndefined();
    const left = await database.db.execute(
      `select count(*)::int as n from lang_nghe.talks where sealed_state is null`,
    );
    expect((left as unknown as { rows: { n: number }[] }).rows[0]?.n).toBeGreaterThan(0);
  });
});
