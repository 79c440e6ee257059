/**
 * `npm run retention -- plan [DAY]`: which closed cases retention would delete now (or on that day), and what the others wait
 * for. Ids and dates only; deletes nothing, the service does that by itself every hour. Ends with 0, or 2 on wrong usage.
 */
import { vietnamDay } from '../directory/vietnam-day.js';
import { loadRetention } from '../reports/retention.js';
import { readSettings } from '../settings.js';
import { failStart } from '../start/fail-start.js';
import { openEmbedded, openServer } from '../store/database.js';
import { retentionPlan } from '../store/retention.js';

const USAGE = `Usage: npm run -s retention -- plan [DAY]
Examples:
  npm run -s retention -- plan
  npm run -s retention -- plan 2027-03-01    what will be due on that day
With the embedded database, stop the service first.`;

async function plan(at: number): Promise<void> {
  const root = process.cwd();
  const { databaseUrl, dataDir } = readSettings(process.env);
  const database =
    databaseUrl === undefined
      ? await openEmbedded({ root, dataDir })
      : await openServer({ root, url: databaseUrl, log: { warn: () => undefined } });
  try {
    const counts = new Map<string, number>();
    for await (const line of retentionPlan({ db: database.db, rules: loadRetention(root), now: () => at })) {
      counts.set(line.kind, (counts.get(line.kind) ?? 0) + 1);
      const until = line.until === undefined ? '' : ` since ${vietnamDay(line.until.getTime())}`;
      const says: Record<string, string> = {
        due: `due${until}`,
        held: 'kept: a hold is set',
        unread: 'kept: the reporter wrote something nobody has read',
        not_yet: line.until === undefined ? 'kept' : `kept until ${vietnamDay(line.until.getTime())}`,
      };
      console.log(`${line.number}  ${line.caseId}  ${says[line.kind] ?? line.kind}`);
    }
    const kept = [...counts].filter(([kind]) => kind !== 'due').reduce((sum, [, count]) => sum + count, 0);
    console.log(`${counts.get('due') ?? 0} due, ${kept} of the same age kept.`);
  } finally {
    await database.close();
  }
}

const [command, day, ...rest] = process.argv.slice(2);
// Noon in Việt Nam.
const at = day === undefined ? Date.now() : Date.parse(`${day}T05:00:00Z`);
if (command !== 'plan' || rest.length > 0 || Number.isNaN(at)) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await plan(at).catch(failStart);
}
