import { createDirectory } from '../directory/create-directory.js';
import { readSettings } from '../settings.js';
import { failStart } from '../start/fail-start.js';
import { recoveryKeyPage } from '../start/start-page.js';
import type { Db } from '../store/database.js';
import { type AgencyKeyStatus, keyStatus } from '../store/key-status.js';
import { openStore } from '../store/open-store.js';
import { replaceRecoveryKey } from '../store/recovery-keys.js';
import { loadTexts } from '../texts/texts.js';

/** `npm run keys -- status | new-recovery`: what could be opened if something were lost, and a new recovery key. */
const texts = loadTexts('locales/vi/terminal');
const say = (key: string, values?: Record<string, string | number>): string =>
  texts.say(`keys.${key}`, 'adult', values);
const print = (line: string): void => console.log(line);

const COMMANDS: Readonly<Record<string, (db: Db) => Promise<void>>> = {
  status: printStatus,
  'new-recovery': (db) => replaceRecoveryKey(db, (key) => print(recoveryKeyPage(key, texts))),
};

const work = COMMANDS[process.argv[2] ?? ''];
if (!work) {
  console.error(say('usage'));
  process.exitCode = 2;
} else {
  try {
    const { dataDir, databaseUrl } = readSettings(process.env);
    const database = await openStore({
      root: process.cwd(),
      dataDir,
      databaseUrl,
      log: { warn: (_fields, text) => console.error(text) },
      signal: new AbortController().signal,
    });
    await work(required(database).db);
    await database?.close();
  } catch (error) {
    failStart(error);
  }
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The database was not opened.');
  return value;
}

async function printStatus(db: Db): Promise<void> {
  const { recoverySince, earlierRecoveryKeys, agencies, sealedAway } = await keyStatus(db);
  const directory = createDirectory({ root: process.cwd() });
  const day = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short' });
  print(
    recoverySince === undefined
      ? say('recovery_none')
      : say('recovery_since', { at: day.format(recoverySince) }),
  );
  if (earlierRecoveryKeys > 0) print(say('recovery_earlier', { n: earlierRecoveryKeys }));
  if (agencies.length === 0) print(say('no_agency'));
  for (const one of agencies) printAgency(one, directory.agency(one.agencyId)?.name ?? one.agencyId);
  print(say('waiting', { n: sealedAway }));
  print(say('service_key'));
}

function printAgency({ members, above, recovery, cases }: AgencyKeyStatus, agency: string): void {
  const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
  print(say('agency', { agency, members, above: yesNo(above), recovery: yesNo(recovery), cases }));
  if (members > 0) return;
  print(
    above || recovery
      ? say('agency_weak', { by: above ? 'above' : 'recovery' })
      : say('agency_lost', { cases }),
  );
}
