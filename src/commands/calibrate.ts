import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { stringify } from 'yaml';
import { vietnamDay } from '../directory/vietnam-day.js';
import type { CalibrationResult } from '../understanding/calibrate.js';
import { type BuiltUnderstanding, createUnderstanding } from '../understanding/create-understanding.js';
import { writeDangerFit } from '../understanding/danger-fit.js';
import type { FittedLimits, LearnedDanger } from '../understanding/fit-danger.js';

/**
 * `npm run calibrate [-- --write | --check]`: learns the danger screen anew from its sentences, and fits the scores and
 * limits of the answer search to our own question forms; each sentence and form is asked of a screen and an index that
 * have not seen it. Prints the figures; `--write` keeps the results; `--check` ends with 1 when a file in the project is
 * not what the content gives. Its three parts are worked out side by side, as far as there are cores.
 */
const KEPT = {
  danger: 'locales/vi/danger/learned.tsv',
  search: 'locales/vi/words/search-calibration.yaml',
} as const;
const HEADER = `# Computed by \`npm run calibrate -- --write\` from our own texts; do not edit by hand. Run it again after larger changes
# of answers, words, danger rules or sentences.
`;

const MADE = {
  weights: (understanding: BuiltUnderstanding): LearnedDanger => understanding.dangerWeightsAnew(),
  limits: (understanding: BuiltUnderstanding): FittedLimits => understanding.dangerLimitsAnew(),
  search: (understanding: BuiltUnderstanding): CalibrationResult => understanding.calibrateAnew(),
};
type Part = keyof typeof MADE;
type Made<P extends Part> = ReturnType<(typeof MADE)[P]>;

if (isMainThread) await main();
else {
  const understanding = createUnderstanding({ root: process.cwd(), today: vietnamDay(Date.now()) });
  parentPort?.postMessage(MADE[workerData as Part](understanding));
}

/** Works the part out in a thread of its own, which runs this file again. */
function inThread<P extends Part>(part: P, done: string): Promise<Made<P>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: part });
    worker.once('message', (made: Made<P>) => {
      console.error(done);
      resolve(made);
    });
    worker.once('error', reject);
  });
}

async function main(): Promise<void> {
  console.error(
    'Learning the danger screen, setting its limits, and asking every question form of an index that has not seen it: a quarter of an hour on two cores …',
  );
  const [weights, { limits, figures }, search] = await Promise.all([
    inThread('weights', 'The danger screen is learned.'),
    inThread('limits', 'Its limits are set.'),
    inThread('search', 'The question forms are asked.'),
  ]);
  for (const [title, of] of [
    ['Danger: sentences held out of what is learned (the rules have seen them)', figures],
    ['Answers: question forms held out', search.figures],
  ] as const) {
    console.log(`\n${title}`);
    for (const [what, figure] of Object.entries(of))
      console.log(`  ${what.padEnd(52)} ${figure > 1 ? figure : `${(figure * 100).toFixed(1)} %`}`);
  }
  keep({
    [KEPT.danger]: HEADER + writeDangerFit({ ...limits, ...weights }),
    [KEPT.search]: HEADER + stringify(search.calibration),
  });
}

function keep(fresh: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(fresh)) {
    if (process.argv.includes('--check') && readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is not what the content gives; run: npm run calibrate -- --write`);
      process.exitCode = 1;
    }
    if (process.argv.includes('--write')) {
      writeFileSync(file, text);
      console.log(`Written to ${file}.`);
    }
  }
}
