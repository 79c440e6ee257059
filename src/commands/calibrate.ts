import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { vietnamDay } from '../directory/vietnam-day.js';
import { createUnderstanding } from '../understanding/create-understanding.js';
import { writeDangerFit } from '../understanding/danger-fit.js';

/**
 * `npm run calibrate [-- --write | --check]`: learns the danger screen anew from its sentences, and fits the scores and
 * limits of the answer search to our own question forms; each sentence and form is asked of a screen and an index that
 * have not seen it. Prints the figures; `--write` keeps the results; `--check` ends with 1 when a file in the project is
 * not what the content gives.
 */
const KEPT = {
  danger: 'locales/vi/danger/learned.tsv',
  search: 'locales/vi/words/search-calibration.yaml',
} as const;
const HEADER = `# Computed by \`npm run calibrate -- --write\` from our own texts; do not edit by hand. Run it again after larger changes
# of answers, words, danger rules or sentences.
`;

const understanding = createUnderstanding({ root: process.cwd(), today: vietnamDay(Date.now()) });
console.error('Fitting the danger screen, and asking it sentences that it has not seen: some ten minutes …');
const danger = understanding.fitDangerAnew();
console.error('Asking every question form of an index that has not seen it: some minutes more …');
const search = understanding.calibrateAnew();

for (const [title, figures] of [
  ['Danger: sentences held out of what is learned (the rules have seen them)', danger.figures],
  ['Answers: question forms held out', search.figures],
] as const) {
  console.log(`\n${title}`);
  for (const [what, figure] of Object.entries(figures))
    console.log(`  ${what.padEnd(52)} ${figure > 1 ? figure : `${(figure * 100).toFixed(1)} %`}`);
}

const fresh = {
  [KEPT.danger]: HEADER + writeDangerFit(danger.fit),
  [KEPT.search]: HEADER + stringify(search.calibration),
};
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
