import {
  type Job as BullJob,
  type WorkerOptions as BullWorkerOptions,
  createPostgresBackend,
  createRedisBackend,
  DelayedError,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import { isConnectionFault } from '../store/database.js';
import type { BullPool } from '../store/pglite-bull-pool.js';
import { type DeadJob, type DeadJobs, type DeadTask, deadJobs } from './dead-jobs.js';
import { type Again, ATTEMPTS, JOB_NAMES, type Job, type JobName, type JobPriority } from './job.js';
import { causeOf, JobFault } from './job-fault.js';

/** Where the jobs wait: Redis when named, else the database's own PostgreSQL. */
export type QueueBackend =
  | { readonly kind: 'postgres'; readonly pool: BullPool }
  | { readonly kind: 'redis'; readonly url: string };

export interface JobQueue extends DeadJobs {
  /**
   * Puts a job in, once: the same id that still waits, runs or is dead is not doubled. Rejects when the queue is away.
   * @param notBefore milliseconds since 1970 before which it shall not run; another moment is another job
   */
  add(name: JobName, id: string, priority?: JobPriority, notBefore?: number): Promise<void>;
  /** Starts to work off jobs in this process. */
  work(jobs: readonly Job[]): Promise<void>;
  /** Rejects when the queue cannot answer within two seconds. */
  ping(): Promise<void>;
  /** How many wait, by job. One that failed for good is not among them but dead. */
  counts(): Promise<Record<JobName, number>>;
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
  /** Told when a job has failed for good: it lies among the dead until somebody or the sweeper tries it again. */
  readonly onDead: (job: Pick<DeadJob, 'job' | 'id' | 'code' | 'tries'>) => void;
}

/** BullMQ on either backend behind one face. */
export function createJobQueue({ backend, onFault, onDead }: QueueOptions): JobQueue {
  const bull = backend.kind === 'redis' ? onRedis(backend.url, onFault) : onPostgres(backend.pool);
  const makeQueue = (name: JobName) => {
    const queue = bull.queue(name);
    queue.on('error', (error: Error) => onFault({ job: name, error }));
    return queue;
  };
  const queues = Object.fromEntries(JOB_NAMES.map((name) => [name, makeQueue(name)])) as Record<
    JobName,
    ReturnType<typeof makeQueue>
  >;
  const workers: { close(): Promise<void> }[] = [];

  return {
    async add(name, id, priority, notBefore) {
      const delay = notBefore === undefined ? 0 : Math.max(0, notBefore - Date.now());
      await queues[name].add(
        name,
        { id },
        {
          jobId: notBefore === undefined ? `${name}-${id}` : `${name}-${id}-${notBefore}`,
          attempts: ATTEMPTS[name],
          backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
          removeOnComplete: true,
          // What failed for good is kept with its id, which keeps the sweeper from putting it in beside itself.
          removeOnFail: false,
          // Lines of code tell nothing that the log does not, and messages of errors could repeat people's words.
          stackTraceLimit: 0,
          ...(delay > 0 ? { delay } : {}),
          ...(priority === undefined ? {} : { priority }),
        },
      );
    },
    ...deadJobs(queues),
    async work(jobs) {
      for (const job of jobs) {
        const handle = async (task: BullJob<Payload>, token?: string): Promise<void> => {
          const again = await runOnce(job, task, onFault);
          if (!again) return;
          await task.moveToDelayed(Date.now() + again.againIn, token);
          // BullMQ's word for "moved, neither done nor failed".
          throw new DelayedError();
        };
        // A killed process leaves its job locked; another takes it over within some fifteen seconds.
        const options = {
          concurrency: job.concurrency,
          lockDuration: 10_000,
          stalledInterval: 5000,
          maxStalledCount: 5,
        };
        const worker = bull.worker(job.name, handle, options);
        worker.on('error', (error) => onFault({ job: job.name, error }));
        worker.on('failed', (task) => {
          if (task?.finishedOn !== undefined)
            onDead({
              job: job.name,
              id: task.data.id,
              code: causeOf(task.failedReason),
              tries: task.attemptsMade,
            });
        });
        workers.push(worker);
        await worker.waitUntilReady();
      }
    },
    async ping() {
      await within(PATIENCE, bull.ping(queues.dispatch));
    },
    async counts() {
      const entries = await Promise.all(
        JOB_NAMES.map(async (name) => {
          const counts = await queues[name].getJobCounts('waiting', 'delayed', 'prioritized');
          return [name, (counts.waiting ?? 0) + (counts.delayed ?? 0) + (counts.prioritized ?? 0)] as const;
        }),
      );
      return Object.fromEntries(entries) as Record<JobName, number>;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all(Object.values(queues).map((each) => each.close()));
      bull.close();
    },
  };
}

/**
 * Runs a job's own work. What it throws is told here, with the place it came from; the queue stores nothing but its code.
 * A database that is away is nobody's failed try: the job waits for it.
 */
async function runOnce(
  job: Job,
  { data: { id }, attemptsMade }: DeadTask,
  onFault: QueueOptions['onFault'],
): Promise<Again | undefined> {
  try {
    return await job.run(id, attemptsMade + 1 >= ATTEMPTS[job.name]);
  } catch (error) {
    onFault({ job: job.name, id, error });
    if (isConnectionFault(error)) return { againIn: DATABASE_PAUSE };
    throw new JobFault(error);
  }
}

/** A job that found the database away tries again after this, milliseconds. */
const DATABASE_PAUSE = 3000;
/** How long the queue may take to say that it is there, milliseconds. */
const PATIENCE = 2000;
/** All keys of this service in a shared Redis begin so. */
const PREFIX = 'lang-nghe';

const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
const { Queue: RedisQueue, Worker: RedisWorker } = withBackend(createRedisBackend);

type Handle = (task: BullJob<Payload>, token?: string) => Promise<void>;
type WorkerOptions = Pick<
  BullWorkerOptions,
  'concurrency' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount'
>;
type Countable = { getJobCountByTypes(type: 'waiting'): Promise<number> };

function onPostgres(connection: BullPool) {
  return {
    queue: (name: JobName) => new PostgresQueue<Payload>(name, { connection }),
    worker: (name: JobName, handle: Handle, options: WorkerOptions) =>
      new PostgresWorker<Payload>(name, handle, { ...options, connection }),
    ping: (queue: Countable): Promise<unknown> => queue.getJobCountByTypes('waiting'),
    // The pool belongs to the store.
    close: () => undefined,
  };
}

function onRedis(url: string, onFault: QueueOptions['onFault']) {
  const { producer, consumer, close } = redisConnections(url, onFault);
  return {
    queue: (name: JobName) =>
      new RedisQueue<Payload>(name, {
        connection: producer,
        prefix: PREFIX,
        // BullMQ's record of what its jobs did names ids; nobody here reads it.
        streams: { events: { maxLen: 100 } },
      }),
    worker: (name: JobName, handle: Handle, options: WorkerOptions) =>
      new RedisWorker<Payload>(name, handle, { ...options, connection: consumer, prefix: PREFIX }),
    ping: (_queue: Countable): Promise<unknown> => producer.ping(),
    close,
  };
}

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
