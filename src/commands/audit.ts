/**
 * `npm run audit -- verify [--anchor NUMBER:HASH]` walks the whole record; `npm run audit -- show CASE-NUMBER` prints one
 * case's. Ends with 0 when all is well, 1 when the record does not hold or there is no such case, 2 when it could not look.
 */
import { createLog } from '../operations/log.js';
import { keptServiceKey } from '../operations/service-keys.js';
import { readSettings, WrongSetting } from '../settings.js';
import { DataFolderInUse } from '../store/data-folder-lock.js';
import type { Database } from '../store/database.js';
import { openStore } from '../store/open-store.js';
import { type RecordLine, readRecord } from '../store/read-record.js';
import { CannotUnseal, createServiceCipher, type ServiceCipher } from '../store/service-cipher.js';
import { type RecordFault, verifyRecord } from '../store/verify-record.js';

const USAGE = `Usage: npm run audit -- verify [--anchor NUMBER:HASH]
       npm run audit -- show CASE-NUMBER
verify walks every chain and every anchor of the record and says OK, or the first thing that is not as it was written.
--anchor: an anchor written down elsewhere (from the log, or an earlier "OK"); it must still be there.
show prints the record of one case, e.g. 26-0042: who did what, when. No word of a report.`;

async function run([command, ...args]: readonly string[]): Promise<number> {
  const anchor = args[0] === '--anchor' ? args[1] : undefined;
  const isVerify = command === 'verify' && args.length === (anchor === undefined ? 0 : 2);
  if (!isVerify && !(command === 'show' && args.length === 1)) {
    console.error(USAGE);
    return 2;
  }
  const settings = readSettings(process.env);
  const cipher = createServiceCipher(settings.serviceKeys ?? keptServiceKey(settings.dataDir));
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const { dataDir, databaseUrl } = settings;
  const log = createLog('warn');
  const database = await openStore({ root: process.cwd(), dataDir, databaseUrl, log, signal: stop.signal });
  if (!database) return 2;
  try {
    return isVerify ? await verify(database, cipher, anchor) : await show(database, args[0] ?? '');
  } finally {
    await database.close();
  }
}

async function verify({ db }: Database, cipher: ServiceCipher, anchor: string | undefined): Promise<number> {
  const verdict = await verifyRecord(db, cipher, {
    ...(anchor === undefined ? {} : { anchor }),
    onProgress: showProgress,
  });
  if (!verdict.ok) {
    console.log(`BROKEN: ${describe(verdict.fault)}`);
    console.log(
      'Keep this database and its backups as they are, and compare with the newest backup that holds.',
    );
    return 1;
  }
  const { events, cases, acts, anchors, notAnchored, newestAnchor } = verdict.figures;
  console.log(`OK: ${events} events of ${cases} cases, ${acts} acts of staff, ${anchors} anchors.`);
  if (notAnchored > 0) console.log(`${notAnchored} events are younger than the newest anchor.`);
  if (newestAnchor !== undefined) console.log(`Newest anchor, to write down elsewhere: ${newestAnchor}`);
  return 0;
}

/** One line that renews itself on a terminal; nothing when the output goes elsewhere. */
function showProgress(done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all} events${done === all ? '\n' : ''}`);
}

function describe(fault: RecordFault): string {
  switch (fault.kind) {
    case 'case_event':
      return `case ${fault.caseId}, event ${fault.eventId} (number ${fault.position} of the case): ${WHAT[fault.what]}`;
    case 'case_without_events':
      return `case ${fault.caseId} has no events; its record was deleted.`;
    case 'emptied_without_rule':
      return `case ${fault.caseId}, event ${fault.eventId}: emptied, and no act of retention says so.`;
    case 'act':
      return `act of staff ${fault.position}: ${WHAT[fault.what]}`;
    case 'anchor':
      return `anchor ${fault.position}: ${WHAT[fault.what]}`;
    case 'events_missing':
      return `anchor ${fault.anchor} of ${fault.at.toISOString()} counted ${fault.counted} events, ${fault.found} are there${fault.counted === fault.found ? ', and they are others' : ''}.`;
    case 'acts_missing':
      return `anchor ${fault.anchor} of ${fault.at.toISOString()}: acts of staff it knew are gone or changed.`;
    case 'anchor_not_found':
      return `the anchor ${fault.name} is not there: the end of the record was cut off, or it is of another installation.`;
  }
}

const WHAT = {
  gap: 'something is missing before it.',
  not_linked: 'it does not follow the one before it.',
  changed: 'it is not what was written.',
} as const;

async function show({ db }: Database, number: string): Promise<number> {
  const lines = await readRecord(db, number);
  if (lines === undefined) {
    console.log(`There is no case ${number}. Numbers look like 26-0042; staff see them on the case page.`);
    return 1;
  }
  for (const line of lines) console.log(written(line));
  return 0;
}

function written({ position, at, kind, who, detail, hash }: RecordLine): string {
  const more = Object.entries(detail ?? {}).map(([name, value]) => `${name}=${value}`);
  const fields = [String(position).padStart(4), at.toISOString(), kind.padEnd(19), who ?? '-', ...more];
  return `${fields.join('  ')}  #${Buffer.from(hash).toString('hex').slice(0, 12)}`;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof DataFolderInUse) {
    console.error(
      `${error.message}\nThe embedded database has one user at a time: stop the service, run this again, start it.`,
    );
    console.error('With a PostgreSQL server (DATABASE_URL) the record is verified while the service runs.');
  } else if (error instanceof WrongSetting || error instanceof CannotUnseal) console.error(error.message);
  else throw error;
  process.exitCode = 2;
}
