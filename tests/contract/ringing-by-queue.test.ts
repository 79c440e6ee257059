import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { SendFault } from '../../src/channels/channel.js';
import type { PushChannel } from '../../src/channels/push-channel.js';
import { createJobQueue, type JobQueue } from '../../src/jobs/queue.js';
import { loadDeadlines } from '../../src/reports/deadlines.js';
import { RING_EVERY } from '../../src/reports/ringing.js';
import { readSettings } from '../../src/settings.js';
import { clockWork } from '../../src/start/clock-work.js';
import { settleClocks } from '../../src/store/clocks.js';
import type { Database } from '../../src/store/database.js';
import { knockCase } from '../../src/store/knock.js';
import { createOnCall } from '../../src/store/on-call.js';
import { cases, rings } from '../../src/store/schema.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { loadTexts } from '../../src/texts/texts.js';
import { type Backend, describeOnEachBackend } from '../support/backends.js';
import { addMember, reportAndDispatch } from '../support/cases-in-store.js';
import { openDatabase } from '../support/open-database.js';
import { trueDirectory as directory } from '../support/true-directory.js';
import { until } from '../support/until.js';

const core = {
  directory,
  deadlines: loadDeadlines(process.cwd()),
  texts: { messages: loadTexts('locales/vi/messages') },
};
const cipher = createServiceCipher([randomBytes(32)]);

/** The jobs as the service wires them, worked off by the true queue. What is due when is in ringing.test.ts. */
describeOnEachBackend('ringing, by the queue', (make) => {
  let backend: Backend;
  let database: Database;
  let queue: JobQueue;
  let work: ReturnType<typeof clockWork>;
  let lan: { staffId: string };
  /** How far the service's clock is behind, milliseconds. */
  let behind = 0;
  const now = () => Date.now() - behind;
  /** Cases that were heard of. */
  const heard: (string | undefined)[] = [];
  const texts: string[] = [];
  let faults: SendFault[] = [];
  const outcomes: string[] = [];

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
    queue = createJobQueue({
      backend: backend.redisUrl
        ? { kind: 'redis', url: backend.redisUrl }
        : { kind: 'postgres', pool: database.bullPool },
      onFault: () => undefined,
      onDead: () => undefined,
    });
    const telegram = {
      sender: {
        pieces: () => 1,
        send: async (_address, message) => {
          const fault = faults.shift();
          if (fault) throw fault;
          const { text } = message;
          texts.push(text);
          heard.push(/\/console\/cases\/([\w-]+)$/.exec(text)?.[1]);
          return '';
        },
      },
    } as Partial<PushChannel> as PushChannel;
    work = clockWork(
      {
        core,
        settings: readSettings({ PUBLIC_URL: 'https://langnghe.example.vn' }),
        log: { warn: () => undefined, error: () => undefined },
      },
      { database, cipher, queue },
      {
        clock: () => undefined,
        ring: (how, outcome, code) => outcomes.push([how, outcome, code].filter(Boolean).join(' ')),
      },
      { telegram },
      now,
    );
    await queue.work(work.jobs);
    lan = await addMember(database.db, 'ubnd-30742');
    const book = createOnCall(database.db, cipher, now);
    await book.expectWord(lan.staffId, 'TRUC-ABCDE-FGHJK', new Date(now() + 60_000));
    await book.bind('TRUC-ABCDE-FGHJK', {
      channel: 'telegram',
      contact: cipher.contactHash('telegram', 'lan'),
      address: 'lan',
    });
    await book.addMember(lan.staffId);
  }, 60_000);
  beforeEach(() => {
    behind = 0;
    faults = [];
    for (const list of [heard, texts, outcomes]) list.splice(0);
  });
  afterAll(async () => {
    await queue.close();
    await database.close();
    await backend.drop();
  });

  const open = () =>
    reportAndDispatch({ db: database.db, ...core, now }, { receivedAt: new Date(now()), urgency: 'urgent' });
  const knock = (caseId: string) => queue.add('clock', caseId, 1);

  it('comes again by itself when the five minutes are over, and not once somebody has accepted', async () => {
    behind = RING_EVERY - 1500;
    const caseId = await open();
    await knock(caseId);
    await until(() => heard.length === 1);
    behind = 0;
    await until(() => heard.length === 2);
    expect(heard).toEqual([caseId, caseId]);
    const [row] = await database.db.select().from(cases).where(eq(cases.id, caseId));
    expect(new Set(texts)).toEqual(
      new Set([
        `Có một việc đang chờ anh/chị. Số ${row?.number}.\nhttps://langnghe.example.vn/console/cases/${caseId}`,
      ]),
    );

    await database.db.transaction(async (tx) => {
      await tx
        .update(cases)
        .set({ state: 'accepted', acceptedAt: new Date(now()), takenBy: lan.staffId })
        .where(eq(cases.id, caseId));
      await settleClocks(tx, core, caseId, new Date(now()));
    });
    const other = await open();
    behind = -RING_EVERY;
    await knock(caseId);
    await knock(other);
    await until(() => heard.length === 3);
    await until(() => outcomes.length === 3);
    expect(heard.slice(2)).toEqual([other]);
  }, 30_000);

  it('that the platform does not take just now is tried again, and is on record once', async () => {
    const caseId = await open();
    faults = [new SendFault('http_503', { kind: 'retry' })];
    await knock(caseId);
    await until(() => heard.length === 1);
    await until(() => outcomes.length === 1);
    expect(heard).toEqual([caseId]);
    expect(outcomes).toEqual(['telegram delivered']);
  }, 30_000);

  it('that the queue has lost is found by the sweeper in the database', async () => {
    const caseId = await open();
    expect(await work.sweeps.dueCases(new Date(now()))).toContain(caseId);
    // Planned and committed; then the process died before anything was put in.
    const planned = await knockCase(database.db, core, caseId, new Date(now()));
    expect(planned.rings).toHaveLength(1);
    expect(await work.sweeps.dueCases(new Date(now()))).not.toContain(caseId);
    for (const id of await work.sweeps.overdueRings(new Date(now() + 1))) await queue.add('ring', id);
    await until(() => outcomes.length === 1);
    expect(heard).toEqual([caseId]);
    expect(await work.sweeps.overdueRings(new Date(now() + 1))).toEqual([]);
    const [ring] = await database.db.select().from(rings).where(eq(rings.caseId, caseId));
    expect(ring?.state).toBe('delivered');
    const [next] = (await work.sweeps.upcomingCases(new Date(now()), new Date(now() + RING_EVERY))).filter(
      (each) => each.caseId === caseId,
    );
    expect(next?.at.getTime()).toBeGreaterThan(now() + RING_EVERY - 30_000);
  }, 30_000);
});
