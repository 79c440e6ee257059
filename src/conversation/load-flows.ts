import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { CONTACT_WISHES } from '../reports/report.js';
import { type Flow, flowFileSchema, STEP_SCHEMAS, type Step, type StepKind } from './flow-schema.js';

/** Something wrong in a flow, said so that whoever wrote it can cure it. */
export interface FlowProblem {
  readonly file: string;
  /** Counted from 1; absent when the whole file is meant. */
  readonly line?: number;
  readonly step?: string;
  /** What is wrong, and what cures it. */
  readonly message: string;
}

/** "flows/report.yaml:12 step where: …" */
export function describeProblem(problem: FlowProblem): string {
  const line = problem.line === undefined ? '' : `:${problem.line}`;
  const step = problem.step === undefined ? '' : ` step ${problem.step}`;
  return `${problem.file}${line}${step}: ${problem.message}`;
}

/** All flows of a folder that can be read, and what is wrong with the others: one bad file never stops the rest. */
export function loadFlows(folder: string): { flows: Flow[]; problems: FlowProblem[] } {
  const flows: Flow[] = [];
  const problems: FlowProblem[] = [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  for (const file of files.sort()) {
    const read = readFlow(readFileSync(path.join(folder, file), 'utf8'), path.join(folder, file));
    problems.push(...read.problems);
    if (!read.flow) continue;
    const { name } = read.flow;
    if (flows.some((flow) => flow.name === name)) {
      problems.push({
        file: path.join(folder, file),
        message: `another file already holds the flow "${name}". Rename one.`,
      });
    } else flows.push(read.flow);
  }
  return { flows, problems };
}

/**
 * The flows that may go live: those that can be read and that the check finds nothing wrong with. The others are left out and
 * named; what offers or calls them goes on without.
 */
export function loadSoundFlows(
  folder: string,
  check: (flows: readonly Flow[]) => readonly FlowProblem[],
): { flows: Flow[]; problems: FlowProblem[] } {
  const { flows, problems } = loadFlows(folder);
  const found = check(flows);
  const broken = new Set(found.map(({ file }) => file));
  return { flows: flows.filter(({ file }) => !broken.has(file)), problems: [...problems, ...found] };
}

/** One flow from YAML; `flow` is absent when there are problems. */
export function readFlow(yaml: string, file: string): { flow?: Flow; problems: FlowProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    return {
      problems: [
        { file, line, message: `this is not YAML: ${broken.message} Check indentation and quotes there.` },
      ],
    };
  }
  const problems: FlowProblem[] = [];
  const report = (error: z.ZodError, at: readonly PropertyKey[], step?: string) => {
    for (const issue of error.issues) {
      const line = lineOf(document, lines, [...at, ...issue.path]);
      const where = issue.path.length > 0 ? `"${issue.path.join('.')}" ` : '';
      problems.push({
        file,
        ...(line === undefined ? {} : { line }),
        ...(step === undefined ? {} : { step }),
        message: `${where}${cureFor(issue)}`,
      });
    }
  };

  const parsed = flowFileSchema.safeParse(document.toJS());
  if (!parsed.success) {
    report(parsed.error, []);
    return { problems };
  }
  const steps = new Map<string, Step>();
  for (const [name, raw] of Object.entries(parsed.data.steps)) {
    const kind = kindOf(raw);
    if (!kind) {
      const line = lineOf(document, lines, ['steps', name]);
      problems.push({
        file,
        ...(line === undefined ? {} : { line }),
        step: name,
        message: `says not what it does. Give it exactly one of: ${Object.keys(STEP_SCHEMAS).join(', ')}.`,
      });
      continue;
    }
    const step = STEP_SCHEMAS[kind].safeParse(raw);
    if (step.success) steps.set(name, withContactChoices({ ...step.data, kindOf: kind } as Step));
    else report(step.error, ['steps', name], name);
  }
  if (problems.length > 0) return { problems };
  return { flow: flowFrom(file, parsed.data, steps, lineOfStep(document, lines)), problems };
}

const lineOfStep = (document: Document, lines: LineCounter) => (step: string) =>
  lineOf(document, lines, ['steps', step]) ?? 1;

function flowFrom(
  file: string,
  written: z.infer<typeof flowFileSchema>,
  steps: ReadonlyMap<string, Step>,
  line: (step: string) => number,
): Flow {
  const { flow: name, version, moves, start, variants } = written;
  const { menu, poster, send_now: sendNow, silence, heard, change } = written;
  return {
    file,
    name,
    version,
    moves,
    start,
    variants,
    steps,
    lines: new Map([...steps.keys()].map((step) => [step, line(step)])),
    ...(menu === undefined ? {} : { menu }),
    ...(poster === undefined ? {} : { poster }),
    ...(sendNow === undefined ? {} : { sendNow }),
    ...(silence === undefined ? {} : { silence }),
    ...(heard === undefined ? {} : { heard }),
    ...(change === undefined ? {} : { change }),
  };
}

/** Asking whether we may write back is the same everywhere, so it is written once, here. */
function withContactChoices(step: Step): Step {
  if (step.kindOf !== 'ask' || !step.contact) return step;
  const choices = CONTACT_WISHES.map((id) => ({
    id,
    label: `contact.${id}`,
    words: `contact.${id}_words`,
  }));
  return { ...step, save: 'contact_wish', choices };
}

function kindOf(step: Record<string, unknown>): StepKind | undefined {
  const kinds = (Object.keys(STEP_SCHEMAS) as StepKind[]).filter((kind) => kind in step);
  return kinds.length === 1 ? kinds[0] : undefined;
}

function cureFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `has the unknown word ${issue.keys.map((key) => `"${key}"`).join(', ')}. Remove it or correct its spelling.`;
  }
  return `is not right: ${issue.message}. Correct it as in flow-schema.ts.`;
}

/** Line of the node at this path, or of the nearest part of it that exists. */
function lineOf(document: Document, lines: LineCounter, at: readonly PropertyKey[]): number | undefined {
  for (let length = at.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(at.slice(0, length).map(asKey), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

const asKey = (part: PropertyKey) => (typeof part === 'symbol' ? String(part) : part);
