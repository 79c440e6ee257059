import { randomUUID } from 'node:crypto';
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
  const open: JobQueue[] = [];
  const newQueue = (): JobQueue => {
    const queue = createJobQueue({
      backend: backend.redisUrl
        ? { kind: 'redis', url: backend.redisUrl }
        : { kind: 'postgres', pool: database.bullPool },
      onFault: (fault) => faults.push(fault),
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
});
