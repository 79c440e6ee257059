import { vietnamDay } from '../directory/vietnam-day.js';
import { createLog } from '../operations/log.js';
import { type Service, startService } from '../service.js';
import { readSettings } from '../settings.js';
import { isConnectionFault } from '../store/database.js';
import type { Texts } from '../texts/texts.js';
import { loadCore } from './core.js';
import { failStart } from './fail-start.js';
import { firstSignIn } from './first-sign-in.js';
import { type ReadyParts, StoppedWhileWaiting } from './parts.js';
import { recoveryKeyPage, startPage } from './start-page.js';

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
  /** `off` only for the demo. */
  readonly secondStep?: 'required' | 'off';
}

/**
 * Runs the service in this process until SIGTERM or SIGINT: reads the settings, starts, prints the short page of
 * lines, stops in order. Ends the process with 1 and one clear line when it cannot start.
 */
export async function run({
  defaults = {},
  prepare,
  secondStep = 'required',
}: RunOptions = {}): Promise<void> {
  try {
    const settings = readSettings({ ...defaults, ...process.env });
    const root = process.cwd();
    const core = loadCore({ root, today: vietnamDay(Date.now()) });
    const say = core.texts.terminal;
    const service = await startService({
      settings,
      core,
      root,
      log: createLog(settings.logLevel),
      secondStep,
      tellRecoveryKey: (key) => print(recoveryKeyPage(key, say)),
    });
    stopOnSignals(service, say);
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
    if (!(error instanceof StoppedWhileWaiting)) failStart(error);
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

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
