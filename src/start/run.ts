import path from 'node:path';
import { INVITATION_HOURS } from '../console/invitations.js';
import { vietnamDay } from '../directory/vietnam-day.js';
import { createLog } from '../operations/log.js';
import { DamagedServiceKey } from '../operations/service-keys.js';
import { type Service, startService } from '../service.js';
import { readSettings, type Settings, WrongSetting } from '../settings.js';
import { DataFolderInUse } from '../store/data-folder-lock.js';
import { isConnectionFault } from '../store/database.js';
import { CannotUnseal } from '../store/service-cipher.js';
import type { Texts } from '../texts/texts.js';
import { loadCore } from './core.js';
import { FIRST_SIGN_IN_NAME, firstSignIn } from './first-sign-in.js';
import type { ReadyParts } from './parts.js';
import { NotASampleDatabase } from './sample-data.js';

/** Longest a stop may take before the process ends itself, milliseconds. */
const STOP_LIMIT = 9000;
/** After this long without a database the page of lines says what it waits for. */
const SAY_WAITING_AFTER = 2500;

/** Prepares a fresh database, e.g. with sample cases; its lines are shown under the addresses. */
export type Prepare = (parts: ReadyParts, core: ReturnType<typeof loadCore>) => Promise<readonly string[]>;

export interface RunOptions {
  /** Settings that hold unless the environment says otherwise. */
  readonly defaults?: Readonly<Record<string, string>>;
  readonly prepare?: Prepare;
}

/**
 * Runs the service in this process until SIGTERM or SIGINT: reads the settings, starts, prints the short page of
 * lines, stops in order. Ends the process with 1 and one clear line when it cannot start.
 */
export async function run({ defaults = {}, prepare }: RunOptions = {}): Promise<void> {
  try {
    const settings = readSettings({ ...defaults, ...process.env });
    const root = process.cwd();
    const core = loadCore({ root, today: vietnamDay(Date.now()) });
    const service = await startService({ settings, core, root, log: createLog(settings.logLevel) });
    stopOnSignals(service, core.texts.terminal);
    const say = core.texts.terminal;
    for (const problem of core.problems) print(say.say('start.problem', 'adult', { problem }));
    const waiting = setTimeout(() => print(say.say('start.waiting_database')), SAY_WAITING_AFTER);
    const parts = await service.ready.finally(() => clearTimeout(waiting));
    const extra = (await prepare?.(parts, core)) ?? [];
    const link =
      settings.role === 'worker'
        ? undefined
        : await untilItAnswers(() => firstSignIn(parts.staff, say.say('start.administrator')));
    print(startPage(settings, service.port, say, link, extra));
  } catch (error) {
    failStart(error);
  }
}

/** The database may be lost again right after it was opened; that is no reason to end. */
async function untilItAnswers<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionFault(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

function startPage(
  settings: Settings,
  port: number,
  texts: Texts,
  link: string | undefined,
  extra: readonly string[],
): string {
  const base = settings.publicUrl ?? `http://${reachableHost(settings.host)}:${port}`;
  const say = (key: string, values?: Record<string, string | number>): string =>
    texts.say(`start.${key}`, 'adult', values);
  const web = settings.role !== 'worker';
  return [
    '',
    say('title'),
    ...(web
      ? [say('chat', { url: `${base}/` }), say('console', { url: `${base}/console` }), say('webchat_on')]
      : []),
    say(settings.channelsSet.telegram ? 'telegram_set' : 'telegram_off'),
    say(settings.channelsSet.zalo ? 'zalo_set' : 'zalo_off'),
    settings.databaseUrl === undefined
      ? say('data_embedded', { folder: path.resolve(settings.dataDir) })
      : say('data_server'),
    say(settings.redisUrl === undefined ? 'queue_database' : 'queue_redis'),
    ...(link === undefined
      ? []
      : [
          '',
          say('first_sign_in', {
            url: `${base}${link}`,
            name: FIRST_SIGN_IN_NAME,
            hours: INVITATION_HOURS,
          }),
        ]),
    ...(extra.length === 0 ? [] : ['', ...extra]),
    ...(web && settings.host === '127.0.0.1' && settings.publicUrl === undefined
      ? ['', say('loopback')]
      : []),
    say('stop_hint'),
    '',
  ].join('\n');
}

/** The host as it is written in an address; "all addresses" is reached as this machine. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function stopOnSignals(service: Service, texts: Texts): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      print(texts.say('start.stopping'));
      // The limit holds even if something hangs; what is committed is safe, the next start goes on from there.
      setTimeout(() => process.exit(1), STOP_LIMIT).unref();
      service.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** One line for what the operator can mend; the class and the place for what is our fault. */
function failStart(error: unknown): never {
  const own =
    error instanceof NotASampleDatabase ||
    error instanceof WrongSetting ||
    error instanceof DataFolderInUse ||
    error instanceof CannotUnseal ||
    error instanceof DamagedServiceKey;
  const code = (error as { code?: string }).code;
  if (own || code === 'EADDRINUSE' || !(error instanceof Error)) {
    const text =
      code === 'EADDRINUSE'
        ? 'The port is taken by another program. Set PORT to a free one.'
        : String((error as Error).message ?? error);
    process.stderr.write(`Not started: ${text}\n`);
  } else {
    process.stderr.write(`Not started: ${error.stack ?? error.message}\n`);
  }
  process.exit(1);
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
