import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { SendFault } from '../../src/channels/channel.js';
import { postWebhook } from '../../src/jobs/post-webhook.js';
import { ringJob } from '../../src/jobs/ring.js';
import { loadDeadlines } from '../../src/reports/deadlines.js';
import { makeLinkWord } from '../../src/staff/on-call.js';
import { settleClocks } from '../../src/store/clocks.js';
import type { Database } from '../../src/store/database.js';
import { knockCase } from '../../src/store/knock.js';
import { createOnCall } from '../../src/store/on-call.js';
import { createRings } from '../../src/store/rings.js';
import { caseEvents, cases, ringRounds, rings, staffChats } from '../../src/store/schema.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createStaffDirectory } from '../../src/store/staff.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { addMember, reportAndDispatch } from '../support/cases-in-store.js';
import { openDatabase } from '../support/open-database.js';
import { trueDirectory as directory } from '../support/true-directory.js';

const clocks = { directory, deadlines: loadDeadlines(process.cwd()) };
const cipher = createServiceCipher([randomBytes(32)]);
const BEGIN = Date.parse('2026-11-26T22:00:00+07:00');
const minute = (n: number) => new Date(BEGIN + n * 60_000);

describeOnEachDatabase('ringing for an urgent case', (make) => {
  let backend: Backend;
  let database: Database;
  let now = BEGIN;
  /** What arrived, as "whom: text". */
  let heard: string[] = [];
  let fault: SendFault | undefined;
  const hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.push(`webhook: ${body}`);
      response.writeHead(request.url === '/broken' ? 503 : 204).end();
    });
  });

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  }, 60_000);
  beforeEach(async () => {
    now = BEGIN;
    heard = [];
    fault = undefined;
    for (const { id } of await book().list()) await book().remove(id);
  });
  afterAll(async () => {
    hook.closeAllConnections();
    hook.close();
    await database.close();
    await backend.drop();
  });

  const book = () => createOnCall(database.db, cipher, () => now);
  const hookUrl = (path = '/') => `http://127.0.0.1:${(hook.address() as AddressInfo).port}${path}`;
  const bind = async (staffId: string, address: string) => {
    const word = makeLinkWord(randomBytes);
    await book().expectWord(staffId, word, new Date(now + 60_000));
    return book().bind(word, {
      channel: 'telegram',
      contact: cipher.contactHash('telegram', address),
      address,
    });
  };
  /** A member of the agency on call, who is reached at this address. */
  const onCall = async (agencyId: string, address: string) => {
    const member = await addMember(database.db, agencyId);
    await bind(member.staffId, address);
    await book().addMember(member.staffId);
    return member;
  };
  const open = (more: Partial<Parameters<typeof reportAndDispatch>[1]> = {}) =>
    reportAndDispatch(
      { db: database.db, ...clocks, now: () => now },
      { receivedAt: new Date(now), urgency: 'urgent', ...more },
    );
  const job = () =>
    ringJob({
      rings: createRings(database.db, cipher, () => now),
      sending: {
        telegram: {
          channel: { name: 'telegram' } as never,
          sender: {
            pieces: () => 1,
            send: async (address, message) => {
              if (fault) throw fault;
              heard.push(`${address}: ${message.text}`);
              return '';
            },
          },
        },
      },
      post: postWebhook,
      say: ({ number, reason, below }) => ({
        number,
        link: 'link',
        text: `${reason}${below ? ' below' : ''}`,
      }),
      newId: () => 'id',
      observe: () => undefined,
    });
  const ring = async (ids: readonly string[], lastTry = true) => {
    for (const id of ids) await job().run(id, lastTry);
  };
  /** One knock at this minute; what was heard by it, sorted. */
  const at = async (n: number, caseId: string) => {
    now = minute(n).getTime();
    heard = [];
    const outcome = await knockCase(database.db, clocks, caseId, new Date(now));
    await ring(outcome.rings);
    return heard.filter((line) => line.includes('waiting')).sort();
  };
  const accept = (caseId: string, staffId: string) =>
    database.db.transaction(async (tx) => {
      await tx
        .update(cases)
        .set({ state: 'accepted', acceptedAt: new Date(now), takenBy: staffId })
        .where(eq(cases.id, caseId));
      await settleClocks(tx, clocks, caseId, new Date(now));
    });
  const kinds = async (caseId: string) =>
    (await database.db.select().from(caseEvents).where(eq(caseEvents.caseId, caseId))).map(
      ({ kind }) => kind,
    );

  it('begins at once, comes again every five minutes a level higher, and ends when somebody accepts', async () => {
    const lan = await onCall('ubnd-30742', 'lan');
    await onCall('so-y-te', 'yen');
    await onCall('ubnd-tinh', 'tinh');
    const caseId = await open();
    expect(await at(0, caseId)).toEqual(['lan: waiting\nlink']);
    expect(await at(4, caseId)).toEqual([]);
    expect(await at(5, caseId)).toEqual(['lan: waiting\nlink', 'yen: waiting below\nlink']);
    expect(await at(10, caseId)).toEqual([
      'lan: waiting\nlink',
      'tinh: waiting below\nlink',
      'yen: waiting below\nlink',
    ]);
    expect(await at(15, caseId)).toHaveLength(3);
    await accept(caseId, lan.staffId);
    expect(await at(20, caseId)).toEqual([]);
    expect((await kinds(caseId)).filter((kind) => kind === 'rung')).toHaveLength(9);
  });

  it('is planned once by two processes, and never sent after acceptance', async () => {
    const lan = await onCall('ubnd-30742', 'lan');
    const caseId = await open();
    const both = await Promise.all([1, 2].map(() => knockCase(database.db, clocks, caseId, new Date(now))));
    const ids = both.flatMap((outcome) => outcome.rings);
    expect(ids).toHaveLength(1);
    await accept(caseId, lan.staffId);
    await ring(ids);
    expect(heard).toEqual([]);
    const [row] = await database.db
      .select()
      .from(rings)
      .where(eq(rings.id, ids[0] ?? ''));
    expect(row).toMatchObject({ state: 'dropped', code: 'not_needed' });
  });

  it('never reaches an office that is accused', async () => {
    await onCall('ubnd-30742', 'accused');
    await onCall('so-y-te', 'yen');
    const caseId = await open({ accusedOffice: 'commune_committee' });
    const all = [...(await at(0, caseId)), ...(await at(5, caseId)), ...(await at(10, caseId))];
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((line) => line.startsWith('accused'))).toEqual([]);
    // Also where its level lies between: the case is with the police of the commune, the department above is accused.
    await database.db.update(cases).set({ agencyId: 'ubnd-30742' }).where(eq(cases.id, caseId));
    now = minute(20).getTime();
    const outcome = await knockCase(database.db, clocks, caseId, new Date(now));
    heard = [];
    await ring(outcome.rings);
    expect(heard.filter((line) => line.startsWith('accused'))).toEqual([]);
  });

  it('goes to an address of the web as number, link and a neutral sentence; what it does not take is tried again, then on record', async () => {
    await addMember(database.db, 'ubnd-30742');
    await book().addWebhook('ubnd-30742', hookUrl());
    await book().addWebhook('ubnd-30742', hookUrl('/broken'));
    const caseId = await open();
    const [row] = await database.db.select().from(cases).where(eq(cases.id, caseId));
    const outcome = await knockCase(database.db, clocks, caseId, new Date(now));
    expect(outcome.rings).toHaveLength(2);
    const failed = await Promise.allSettled(outcome.rings.map((id) => job().run(id, false)));
    expect(failed.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    await ring(outcome.rings);
    expect(JSON.parse(heard[0]?.slice('webhook: '.length) ?? '')).toEqual({
      case: row?.number,
      link: 'link',
      text: 'waiting',
    });
    const states = await database.db.select().from(rings).where(eq(rings.caseId, caseId));
    expect(states.map(({ state, code }) => `${state} ${code}`).sort()).toEqual([
      'delivered null',
      'failed http_503',
    ]);
    expect(await kinds(caseId)).toEqual(expect.arrayContaining(['rung', 'ring_failed']));
  });

  it('that can reach nobody is an alarm, once; and also when nothing arrives', async () => {
    await addMember(database.db, 'ubnd-30742');
    const caseId = await open();
    const knocks = [];
    for (const n of [0, 5, 10]) {
      now = minute(n).getTime();
      knocks.push((await knockCase(database.db, clocks, caseId, new Date(now))).isUnreached);
    }
    expect(knocks).toEqual([true, false, false]);
    expect(await book().unreached()).toContain(caseId);
    expect((await kinds(caseId)).filter((kind) => kind === 'nobody_to_ring')).toHaveLength(1);

    await onCall('ubnd-30742', 'lan');
    fault = new SendFault('blocked', { kind: 'gone' });
    now = minute(12).getTime();
    const second = await open();
    await at(12, second);
    now = minute(17).getTime();
    expect((await knockCase(database.db, clocks, second, new Date(now))).isUnreached).toBe(true);
    fault = undefined;
    await ring((await knockCase(database.db, clocks, second, minute(22))).rings);
    await knockCase(database.db, clocks, second, minute(27));
    expect(await book().unreached()).not.toContain(second);
  });

  it('goes on where it was after a pause, without catching up on the rounds that were missed', async () => {
    await onCall('ubnd-30742', 'lan');
    const caseId = await open();
    await at(0, caseId);
    expect(await at(60, caseId)).toEqual(['lan: waiting\nlink']);
    expect(await at(61, caseId)).toEqual([]);
    const [rounds] = await database.db.select().from(ringRounds).where(eq(ringRounds.caseId, caseId));
    expect(rounds?.nextAt).toEqual(minute(65));
  });

  it('knows a member by the chat that sent their word: once, in time, and not after they are disabled', async () => {
    const { staffId } = await addMember(database.db, 'ubnd-30742');
    const word = makeLinkWord(randomBytes);
    const chat = (name: string) => ({
      channel: 'telegram' as const,
      contact: cipher.contactHash('telegram', name),
      address: name,
    });
    expect(await book().bind(word, chat('early'))).toBe(false);
    await book().expectWord(staffId, word, new Date(now + 60_000));
    expect(await book().bind(word, chat('lan'))).toBe(true);
    // A redelivery is no second message; somebody else's attempt is an ordinary one.
    expect(await book().bind(word, chat('lan'))).toBe(true);
    expect(await book().bind(word, chat('thief'))).toBe(false);
    expect(await book().chatOf(staffId)).toMatchObject({ channel: 'telegram' });
    const [stored] = await database.db.select().from(staffChats).where(eq(staffChats.staffId, staffId));
    expect(Buffer.from(stored?.sealedAddress ?? []).toString('latin1')).not.toContain('lan');

    // Unbound, the same word is no redelivery any more; nor does one that was still waiting bind.
    await book().unbindChat(staffId);
    expect(await book().bind(word, chat('lan'))).toBe(false);
    expect(await book().chatOf(staffId)).toBeUndefined();
    const waiting = makeLinkWord(randomBytes);
    await book().expectWord(staffId, waiting, new Date(now + 60_000));
    await book().unbindChat(staffId);
    expect(await book().bind(waiting, chat('lan'))).toBe(false);

    const late = makeLinkWord(randomBytes);
    await book().expectWord(staffId, late, new Date(now - 1));
    expect(await book().bind(late, chat('late'))).toBe(false);
    await book().addMember(staffId);
    await createStaffDirectory(database.db).setDisabled(staffId, true);
    await onCall('ubnd-30742', 'minh');
    const caseId = await open();
    expect(await at(0, caseId)).toEqual(['minh: waiting\nlink']);
  });
});
