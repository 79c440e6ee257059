import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { vietnamDay } from '../directory/vietnam-day.js';
import { createUnderstanding } from '../understanding/create-understanding.js';

/**
 * `npm run calibrate [-- --write | --check]`: fits the scores and thresholds of the answer search to our own question forms, each
 * asked of an index that has not seen it. Prints the figures; `--write` keeps the result; `--check` ends with 1 when the
 * file in the project is not what the content gives.
 */
const FILE = 'locales/vi/words/search-calibration.yaml';
const HEADER = `# Computed by \`npm run calibrate -- --write\` from our own question forms; do not edit by hand. Run it again after larger
# changes of answers or words.
`;

const understanding = createUnderstanding({ root: process.cwd(), today: vietnamDay(Date.now()) });
console.error('Asking every question form of an index that has not seen it …');
const { calibration, figures } = understanding.calibrateAnew();
for (const [what, figure] of Object.entries(figures)) {
  console.log(`${what.padEnd(40)} ${figure > 1 ? figure : `${(figure * 100).toFixed(1)} %`}`);
}
console.log(stringify(calibration));
const text = HEADER + stringify(calibration);
if (process.argv.includes('--check') && readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} is not what the content gives; run: npm run calibrate -- --write`);
  process.exitCode = 1;
}
if (process.argv.includes('--write')) {
  writeFileSync(FILE, text);
  console.log(`Written to ${FILE}.`);
}
