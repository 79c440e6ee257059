import { type Job as BullJob, createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { BullPool } from '../store/pglite-bull-pool.js';
import { JOB_NAMES, type Job, type JobName, type JobPriority } from './job.js';

/** Where the jobs wait: Redis when named, else the database's own PostgreSQL. */
export type QueueBackend =
  | { readonly kind: 'postgres'; readonly pool: BullPool }
  | { readonly kind: 'redis'; readonly url: string };

export interface JobQueue {
  /** Puts a job in, once: the same id that still waits or runs is not doubled. Rejects when the queue is away. */
  add(name: JobName, id: string, priority?: JobPriority): Promise<void>;
  /** Starts to work off jobs in this process. */
  work(jobs: readonly Job[]): Promise<void>;
  /** Rejects when the queue cannot answer within two seconds. */
  ping(): Promise<void>;
  /** How many wait and how many failed for good, by job. */
  counts(): Promise<Record<JobName, { waiting: number; failed: number }>>;
  /** Lets running jobs finish, then closes. */
  close(): Promise<void>;
}

interface Payload {
  readonly id: string;
}

export interface QueueOptions {
  readonly backend: QueueBackend;
  /** Told of each failed try and of lost connections: names, ids and error codes only. */
  readonly onFault: (fault: { job?: string; id?: string; error: unknown }) => void;
}

/** BullMQ on either backend behind one face. */
export function createJobQueue({ backend, onFault }: QueueOptions): JobQueue {
  const redis = backend.kind === 'redis' ? redisConnections(backend.url, onFault) : undefined;
  const makeQueue = (name: JobName) => {
    const queue =
      redis === undefined
        ? new PostgresQueue<Payload>(name, { connection: poolOf(backend) })
        : new RedisQueue<Payload>(name, { connection: redis.producer, prefix: PREFIX });
    queue.on('error', (error: Error) => onFault({ job: name, error }));
    return queue;
  };
  const queues = new Map(JOB_NAMES.map((name) => [name, makeQueue(name)]));
  const queue = (name: JobName) => queues.get(name) ?? makeQueue(name);
  const workers: { close(): Promise<void> }[] = [];

  return {
    async add(name, id, priority) {
      await queue(name).add(
        name,
        { id },
        {
          jobId: `${name}-${id}`,
          attempts: attemptsOf.get(name) ?? 8,
          backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
          removeOnComplete: true,
          // A job that failed for good must not keep its id, or the sweeper could not put it in again.
          removeOnFail: true,
          ...(priority === undefined ? {} : { priority }),
        },
      );
    },
    async work(jobs) {
      for (const job of jobs) {
        const handle = (task: BullJob<Payload>): Promise<void> => job.run(task.data.id);
        // A killed process leaves its job locked; another takes it over within some fifteen seconds.
        const options = {
          concurrency: job.concurrency,
          lockDuration: 10_000,
          stalledInterval: 5000,
          maxStalledCount: 5,
        };
        const worker =
          redis === undefined
            ? new PostgresWorker<Payload>(job.name, handle, { ...options, connection: poolOf(backend) })
            : new RedisWorker<Payload>(job.name, handle, {
                ...options,
                connection: redis.consumer,
                prefix: PREFIX,
              });
        worker.on('error', (error) => onFault({ job: job.name, error }));
        worker.on('failed', (task, error) =>
          onFault({ job: job.name, ...(task ? { id: task.data.id } : {}), error }),
        );
        workers.push(worker);
        await worker.waitUntilReady();
      }
    },
    async ping() {
      await within<unknown>(
        2000,
        redis ? redis.producer.ping() : queue('dispatch').getJobCountByTypes('waiting'),
      );
    },
    async counts() {
      const entries = await Promise.all(
        JOB_NAMES.map(async (name) => {
          const counts = await queue(name).getJobCounts('waiting', 'delayed', 'prioritized', 'failed');
          const waiting = (counts.waiting ?? 0) + (counts.delayed ?? 0) + (counts.prioritized ?? 0);
          return [name, { waiting, failed: counts.failed ?? 0 }] as const;
        }),
      );
      return Object.fromEntries(entries) as Record<JobName, { waiting: number; failed: number }>;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([...queues.values()].map((each) => each.close()));
      redis?.close();
    },
  };
}

const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
const { Queue: RedisQueue, Worker: RedisWorker } = withBackend(createRedisBackend);

const poolOf = (backend: QueueBackend): BullPool => {
  if (backend.kind !== 'postgres') throw new Error('This queue is on Redis.');
  return backend.pool;
};

/** All keys of this service in a shared Redis begin so. */
const PREFIX = 'lang-nghe';
const attemptsOf = new Map<JobName, number>([
  ['deliver', 10],
  ['dispatch', 8],
]);

/**
 * Two connections by need: a producer must fail at once when Redis is away (the sweeper makes up for it), a consumer
 * must wait for it to come back.
 */
function redisConnections(
  url: string,
  onFault: QueueOptions['onFault'],
): { producer: Redis; consumer: Redis; close(): void } {
  const retryStrategy = (times: number): number => Math.min(times * 200, 3000);
  const producer = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: true,
    connectTimeout: 2000,
    commandTimeout: 3000,
    retryStrategy,
  });
  const consumer = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 2000, retryStrategy });
  for (const connection of [producer, consumer]) connection.on('error', (error) => onFault({ error }));
  return {
    producer,
    consumer,
    close: () => {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new QueueAway()), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** The queue does not answer. What was committed is safe; the sweeper adds it when the queue is back. */
export class QueueAway extends Error {
  readonly code = 'queue_away';
}
