/**
 * `npm run -s content -- check [ISO date]`: what is wrong with answers, small talk and the register of legal documents, on
 * that day (today in Vietnam when none is given). Ends with 0 when all is well, 1 when something is wrong, 2 on wrong usage.
 */
import { vietnamDay } from '../directory/vietnam-day.js';
import { loadDeadlines } from '../reports/deadlines.js';
import { yearsToEnter } from '../reports/holidays.js';
import { type ContentProblem, checkContent } from '../understanding/check-content.js';

const USAGE = `Usage: npm run -s content -- check [DAY]
Examples:
  npm run -s content -- check
  npm run -s content -- check 2027-03-01    what will be wrong on that day`;

function run(args: readonly string[]): number {
  const [command, day = vietnamDay(Date.now()), ...rest] = args;
  if (command !== 'check' || rest.length > 0 || !/^\d{4}-\d{2}-\d{2}$/.test(day)) {
    console.error(USAGE);
    return 2;
  }
  const problems = checkContent({ root: process.cwd(), today: day });
  for (const problem of problems) console.log(inWords(problem));
  for (const year of yearsToEnter(loadDeadlines(process.cwd()).calendar, day))
    console.log(
      `data/holidays.yaml\n  The holidays of ${year} are not entered; only those of every year are counted.\n  → enter them from that year's announcement\n`,
    );
  if (problems.length === 0) {
    console.log(`Content is in order on ${day}.`);
    return 0;
  }
  console.log(`${problems.length} to put right on ${day}.`);
  return 1;
}

function inWords({ file, id, cause, cure }: ContentProblem): string {
  return `${file}${id ? ` (${id})` : ''}\n  ${cause}\n  → ${cure}\n`;
}

process.exitCode = run(process.argv.slice(2));
