/**
 * `npm run -s jobs -- dead`: jobs that failed for good, one a line: kind, id, cause, tries, since. `-- retry ID` and `-- retry --all`
 * give them all their tries again. Works on the queue itself, whichever it is; the embedded one belongs to the running
 * service, which must be stopped first (or the console's page used). Ends with 0, 1 when there is nothing of that id, 2 on wrong usage.
 */
import { createJobQueue, type JobQueue } from '../jobs/queue.js';
import { readSettings, WrongSetting } from '../settings.js';
import { DataFolderInUse } from '../store/data-folder-lock.js';
import { openStore } from '../store/open-store.js';

const USAGE = `Usage: npm run -s jobs -- COMMAND
  dead           list the jobs that failed for good
  retry ID       try the jobs of this id again
  retry --all    try all of them again`;

async function withQueue(work: (queue: JobQueue) => Promise<number>): Promise<number> {
  const settings = readSettings(process.env);
  const silent = { warn: () => undefined };
  const { dataDir, databaseUrl, redisUrl } = settings;
  const database = await openStore({
    root: process.cwd(),
    dataDir,
    databaseUrl,
    log: silent,
    signal: AbortSignal.timeout(10_000),
  });
  if (!database)
    throw new WrongSetting('The database does not answer. Is it running, and is DATABASE_URL right?');
  const queue = createJobQueue({
    backend: redisUrl ? { kind: 'redis', url: redisUrl } : { kind: 'postgres', pool: database.bullPool },
    onFault: () => undefined,
    onDead: () => undefined,
  });
  try {
    await queue.ping();
    return await work(queue);
  } finally {
    await queue.close();
    await database.close();
  }
}

async function list(queue: JobQueue): Promise<number> {
  const dead = await queue.dead();
  for (const { job, id, code, tries, since } of dead)
    console.log([job, id, code, tries, since.toISOString()].join('\t'));
  if (dead.length === 0) console.error('No job is dead.');
  return 0;
}

async function retryOne(queue: JobQueue, id: string): Promise<number> {
  const kinds = new Set((await queue.dead()).filter((each) => each.id === id).map(({ job }) => job));
  const tried = await Promise.all([...kinds].map((job) => queue.retry(job, id)));
  if (!tried.includes(true)) {
    console.error('No dead job has this id. List them: npm run -s jobs -- dead');
    return 1;
  }
  console.error('It is tried again.');
  return 0;
}

async function retryAll(queue: JobQueue): Promise<number> {
  console.error(`Tried again: ${await queue.retryAll()}.`);
  return 0;
}

const [command, argument, ...rest] = process.argv.slice(2);
try {
  if (command === 'dead' && argument === undefined) process.exitCode = await withQueue(list);
  else if (command === 'retry' && argument === '--all' && rest.length === 0)
    process.exitCode = await withQueue(retryAll);
  else if (command === 'retry' && argument !== undefined && rest.length === 0)
    process.exitCode = await withQueue((queue) => retryOne(queue, argument));
  else {
    console.error(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  if (error instanceof DataFolderInUse)
    console.error(
      'The service is running and keeps its embedded database to itself. Use the console (Việc hỏng), or stop it first.',
    );
  else if (error instanceof WrongSetting) console.error(error.message);
  else throw error;
  process.exitCode = 2;
}
