import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readAttachments } from '../conversation/attachments.js';
import { checkFlows } from '../conversation/check-flows.js';
import { describeProblem, loadFlows } from '../conversation/load-flows.js';
import { loadTexts } from '../texts/texts.js';
import { drawings, outdated } from './flow-drawings.js';
import { coverStories } from './story-coverage.js';

/**
 * `npm run flows -- check` names what is wrong with the flows; `-- draw` draws them and the page of the language into docs/flows;
 * `-- coverage` says what the stories do not touch.
 */
const root = process.cwd();
const texts = loadTexts(path.join(root, 'locales/vi/messages'));
const { flows, problems } = loadFlows(path.join(root, 'flows'));
const steps = flows.reduce((sum, flow) => sum + flow.steps.size, 0);
const folder = path.join(root, 'docs/flows');
/** Stories must touch this share of steps and branches. */
const ENOUGH = 0.95;

const relative = (line: string) => (path.isAbsolute(line) ? path.relative(root, line) : line);

switch (process.argv[2]) {
  case 'check':
    check();
    break;
  case 'draw': {
    mkdirSync(folder, { recursive: true });
    const pages = drawings(root, flows, texts);
    for (const [name, page] of pages) writeFileSync(path.join(folder, name), page);
    for (const problem of problems) console.error(relative(describeProblem(problem)));
    console.log(`${flows.length} flows drawn into docs/flows`);
    break;
  }
  case 'coverage': {
    const { touched, all, untouched, stories } = coverStories(root, flows, texts);
    for (const name of untouched) console.error(`untouched: ${name}`);
    console.log(
      `${stories} stories touch ${touched} of ${all} steps and branches (${((100 * touched) / all).toFixed(1)} %)`,
    );
    if (touched / all < ENOUGH) {
      console.error(
        `At least ${100 * ENOUGH} % must be touched. Write a story in tests/conversations that goes there.`,
      );
      process.exitCode = 1;
    }
    break;
  }
  default:
    console.error('Say what to do: npm run flows -- check, draw or coverage');
    process.exitCode = 2;
}

function check(): void {
  const attachments = readAttachments(path.join(root, 'locales/vi/attachments'));
  const all = [...problems, ...checkFlows(flows, texts, attachments, answerIds())].map(describeProblem);
  for (const name of outdated(folder, drawings(root, flows, texts))) {
    all.push(
      `docs/flows/${name}: is not as it would be drawn now. Run npm run flows -- draw, and keep what it draws.`,
    );
  }
  for (const problem of all) console.error(relative(problem));
  console.log(`${flows.length} flows, ${steps} steps, ${all.length} problems`);
  if (all.length > 0) process.exitCode = 1;
}

/** Answers are kept under their ids. */
function answerIds(): ReadonlySet<string> {
  const files = readdirSync(path.join(root, 'locales/vi/answers'), { recursive: true, encoding: 'utf8' });
  return new Set(files.filter((file) => file.endsWith('.yaml')).map((file) => path.basename(file, '.yaml')));
}
