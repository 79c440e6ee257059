import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Job, JobName } from '../../src/jobs/job.js';
import { createJobQueue, type JobQueue } from '../../src/jobs/queue.js';
import type { Database } from '../../src/store/database.js';
import { type Backend, describeOnEachBackend } from '../support/backends.js';
import { openDatabase } from '../support/open-database.js';
import { until } from '../support/until.js';

describeOnEachBackend('the job queue', (make) => {
  let backend: Backend;
  let database: Database;
  const faults: unknown[] = [];
  const dead: { job: string; id: string; code: string; tries: number }[] = [];
  const open: JobQueue[] = [];
  const newQueue = (): JobQueue => {
    const queue = createJobQueue({
      backend: backend.redisUrl
        ? { kind: 'redis', url: backend.redisUrl }
        : { kind: 'postgres', pool: database.bullPool },
      onFault: (fault) => faults.push(fault),
      onDead: (job) => dead.push(job),
    });
    open.push(queue);
    return queue;
  };
  const job = (name: JobName, run: (id: string) => Promise<void>): Job => ({
    name,
    concurrency: 4,
    run: async (id) => {
      await run(id);
      return undefined;
    },
  });

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
  }, 60_000);
  afterEach(async () => {
    await Promise.all(open.splice(0).map((queue) => queue.close()));
  });
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });

  it('runs each job once, also those put in before anybody worked', async () => {
    const queue = newQueue();
    const ran: string[] = [];
    const ids = Array.from({ length: 50 }, () => randomUUID());
    for (const id of ids.slice(0, 25)) await queue.add('dispatch', id);
    await queue.work([job('dispatch', async (id) => void ran.push(id))]);
    for (const id of ids.slice(25)) await queue.add('dispatch', id, 1);
    await until(() => ran.length >= 50);
    expect([...ran].sort()).toEqual([...ids].sort());
  });

  it('does not double a job that still waits', async () => {
    const queue = newQueue();
    const id = randomUUID();
    for (let i = 0; i < 3; i += 1) await queue.add('deliver', id);
    const ran: string[] = [];
    await queue.work([job('deliver', async (each) => void ran.push(each))]);
    await until(() => ran.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ran).toEqual([id]);
  });

  it('tries a failed job again and takes the same id anew afterwards', async () => {
    const queue = newQueue();
    const id = randomUUID();
    let tries = 0;
    await queue.work([
      job('deliver', async () => {
        tries += 1;
        if (tries === 1) throw new Error('platform away');
      }),
    ]);
    await queue.add('deliver', id);
    await until(() => tries === 2);
    await queue.ping();
    await until(async () => {
      await queue.add('deliver', id);
      return tries >= 3;
    });
  });

  it('takes the urgent ones first', async () => {
    const queue = newQueue();
    const [normal, urgent] = [randomUUID(), randomUUID()];
    await queue.add('dispatch', normal, 2);
    await queue.add('dispatch', urgent, 1);
    const ran: string[] = [];
    await queue.work([{ ...job('dispatch', async (id) => void ran.push(id)), concurrency: 1 }]);
    await until(() => ran.length === 2);
    expect(ran).toEqual([urgent, normal]);
    expect((await queue.counts()).dispatch).toBe(0);
  });

  it('hands a job to one of several workers, and finishes running ones before it closes', async () => {
    const [first, second] = [newQueue(), newQueue()];
    const ran: string[] = [];
    const slow = async (id: string): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      ran.push(id);
    };
    await first.work([job('dispatch', slow)]);
    await second.work([job('dispatch', slow)]);
    const ids = Array.from({ length: 6 }, () => randomUUID());
    for (const id of ids) await first.add('dispatch', id);
    await until(() => ran.length > 0);
    await Promise.all(open.splice(0).map((queue) => queue.close()));
    const left = newQueue();
    await left.work([job('dispatch', async (id) => void ran.push(id))]);
    await until(() => ran.length === 6);
    expect(new Set(ran).size).toBe(6);
  });

  it('runs a job not before its moment, and another moment of the same thing as well', async () => {
    const queue = newQueue();
    const ran: number[] = [];
    const id = randomUUID();
    const started = Date.now();
    await queue.work([job('clock', async () => void ran.push(Date.now() - started))]);
    for (const moment of [started + 700, started + 350, started + 700])
      await queue.add('clock', id, undefined, moment);
    await until(() => ran.length === 2);
    expect(ran[0]).toBeGreaterThanOrEqual(350);
    expect(ran[1]).toBeGreaterThanOrEqual(700);
  });

  describe('a job that fails for good', () => {
    const words = 'lời kể của một đứa trẻ';
    const id = randomUUID();
    let mended = false;
    let tries = 0;
    const broken = job('wake', async () => {
      tries += 1;
      if (!mended) throw Object.assign(new Error(words), { code: 'broken_data' });
    });

    it('is told once, listed with a code and no word of the error, and is there after a restart', async () => {
      const queue = newQueue();
      await queue.work([broken]);
      await queue.add('wake', id);
      await until(() => dead.length > 0);
      expect(dead).toEqual([{ job: 'wake', id, code: 'broken_data', tries: 3 }]);
      await queue.close();
      const [listed, ...more] = await newQueue().dead();
      expect(more).toEqual([]);
      expect(listed).toMatchObject({ job: 'wake', id, code: 'broken_data', tries: 3 });
      expect((await newQueue().deadCounts()).wake).toBe(1);
      expect((await newQueue().counts()).wake).toBe(0);
    });

    it('leaves no word of the error in the queue', async () => {
      const stored = backend.redisUrl
        ? await everythingInRedis(backend.redisUrl)
        : JSON.stringify(await database.db.execute('select to_jsonb(j) from bullmq.job j')) +
          JSON.stringify(await database.db.execute('select to_jsonb(e) from bullmq.event e'));
      expect(stored).toContain('broken_data');
      expect(stored).not.toContain(words);
      expect(stored).not.toContain('queue.test');
    });

    it('is not put in beside itself', async () => {
      const queue = newQueue();
      await queue.work([broken]);
      const before = tries;
      await queue.add('wake', id);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(tries).toBe(before);
      expect(await queue.dead()).toHaveLength(1);
    });

    it('gets one try when it has rested, and is dead again', async () => {
      const queue = newQueue();
      await queue.work([broken]);
      expect(await queue.retryRested(Date.now() - 60_000)).toBe(0);
      const before = tries;
      expect(await queue.retryRested(Date.now() + 1)).toBe(1);
      await until(async () => (await queue.dead())[0]?.tries === 4);
      expect(tries).toBe(before + 1);
    });

    it('runs when somebody has mended the cause and tries it again', async () => {
      const queue = newQueue();
      await queue.work([broken]);
      mended = true;
      expect(await queue.retry('wake', randomUUID())).toBe(false);
      expect(await queue.retry('wake', id)).toBe(true);
      await until(async () => (await queue.deadCounts()).wake === 0 && (await queue.counts()).wake === 0);
      expect(await queue.retry('wake', id)).toBe(false);
      expect(await queue.retryAll()).toBe(0);
    });

    it('waits for a database that is away without using up its tries', async () => {
      const queue = newQueue();
      const known = dead.length;
      let seen = 0;
      await queue.work([
        job('wake', async () => {
          seen += 1;
          throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
        }),
      ]);
      await queue.add('wake', randomUUID());
      await until(() => seen > 1);
      expect(dead).toHaveLength(known);
      await until(async () => (await queue.counts()).wake === 1);
    });
  });
});

async function everythingInRedis(url: string): Promise<string> {
  const client = new Redis(url);
  const keys = await client.keys('*');
  const values = await Promise.all(
    keys.map(async (key) => {
      const type = await client.type(key);
      if (type === 'hash') return client.hgetall(key);
      return type === 'stream' ? client.xrange(key, '-', '+') : key;
    }),
  );
  client.disconnect();
  return JSON.stringify(values);
}
