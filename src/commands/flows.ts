import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readAttachments } from '../conversation/attachments.js';
import { checkFlows } from '../conversation/check-flows.js';
import { drawFlow } from '../conversation/draw-flows.js';
import { describeProblem, loadFlows } from '../conversation/load-flows.js';
import { loadTexts } from '../texts/texts.js';

/** `npm run flows -- check` names what is wrong with the flows; `-- draw` draws them into docs/flows. */
const root = process.cwd();
const texts = loadTexts(path.join(root, 'locales/vi/messages'));
const { flows, problems } = loadFlows(path.join(root, 'flows'));
const attachments = readAttachments(path.join(root, 'locales/vi/attachments'));
const steps = flows.reduce((sum, flow) => sum + flow.steps.size, 0);

switch (process.argv[2]) {
  case 'check': {
    const all = [...problems, ...checkFlows(flows, texts, attachments)].map(describeProblem);
    for (const problem of all)
      console.error(path.isAbsolute(problem) ? path.relative(root, problem) : problem);
    console.log(`${flows.length} flows, ${steps} steps, ${all.length} problems`);
    if (all.length > 0) process.exitCode = 1;
    break;
  }
  case 'draw': {
    const folder = path.join(root, 'docs/flows');
    mkdirSync(folder, { recursive: true });
    for (const flow of flows) {
      const drawn = drawFlow({ ...flow, file: path.relative(root, flow.file) }, texts);
      writeFileSync(path.join(folder, `${flow.name.replaceAll('_', '-')}.md`), drawn);
    }
    for (const problem of problems) console.error(path.relative(root, describeProblem(problem)));
    console.log(`${flows.length} flows drawn into docs/flows`);
    break;
  }
  default:
    console.error('Say what to do: npm run flows -- check, or npm run flows -- draw');
    process.exitCode = 2;
}
