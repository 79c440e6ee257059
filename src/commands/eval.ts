import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { vietnamDay } from '../directory/vietnam-day.js';
import { createUnderstanding } from '../understanding/create-understanding.js';
import { measure } from '../understanding/evaluate/measure.js';
import {
  dangerSample,
  parseLines,
  questionSample,
  quietSample,
  type Samples,
} from '../understanding/evaluate/samples.js';

// npm run eval -- DIR [--json]: how well the service understands the samples in DIR (DESIGN sections 9 and 10).

const usage = 'usage: npm run eval -- DIR [--json]   DIR holds questions, danger, harmless or ood as *.jsonl';

function stop(why: string): never {
  console.error(`eval: ${why}\n${usage}`);
  process.exit(2);
}

function load<T>(folder: string, names: readonly string[], start: string, schema: z.ZodType<T>): T[] {
  const files = names.filter((name) => name.startsWith(`${start}.`) && name.endsWith('.jsonl'));
  return files.flatMap((name) => {
    try {
      return parseLines(readFileSync(join(folder, name), 'utf8'), schema);
    } catch (error) {
      return stop(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return stop(`cannot read the folder ${folder}`);
  }
}

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith('-')) ?? stop('which folder?');
const names = list(folder);
const samples: Samples = {
  questions: load(folder, names, 'questions', questionSample),
  danger: load(folder, names, 'danger', dangerSample),
  harmless: load(folder, names, 'harmless', quietSample),
  ood: load(folder, names, 'ood', quietSample),
};
if (Object.values(samples).every((sample) => sample.length === 0))
  stop(`no questions, danger, harmless or ood as *.jsonl in ${folder}`);
const understanding = createUnderstanding({
  root: process.cwd(),
  today: vietnamDay(Date.now()),
});
for (const { file, cause } of understanding.problems) console.error(`answers/${file}: ${cause}`);
for (const { answer, because } of understanding.hidden)
  console.error(`hidden: ${answer.id}: ${Object.values(because).join(' ')}`);

const measured = measure(understanding, samples);
if (args.includes('--json')) {
  console.log(
    JSON.stringify(
      { answers: understanding.answers.length, topics: understanding.topics.size, ...measured },
      null,
      2,
    ),
  );
} else {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);
  console.log(`${understanding.answers.length} answers on ${understanding.topics.size} topics\n`);
  console.log(`${'measure'.padEnd(66)}${'hits'.padStart(5)} /${'n'.padStart(4)}   share   95 % interval`);
  for (const { measure: name, hits, n, share, low, high } of measured.shares) {
    console.log(
      `${name.padEnd(66)}${String(hits).padStart(5)} /${String(n).padStart(4)}${percent(share)}  ${percent(low)} to${percent(high)}`,
    );
  }
}
