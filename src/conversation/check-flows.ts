import type { Texts } from '../texts/texts.js';
import type { AttachmentFile } from './attachments.js';
import { checkStep, type FlowWorld } from './check-steps.js';
import { createTextCheck, type TextCheck } from './check-texts.js';
import { reachableSteps, stepInSilentLoop, waysOut } from './flow-graph.js';
import { END, type Flow, type Step } from './flow-schema.js';
import { savedNames } from './house.js';
import type { FlowProblem } from './load-flows.js';

/**
 * What is wrong with flows that could be read: such a flow must not go live.
 * @param answers ids of the reviewed answers, where they are at hand
 */
export function checkFlows(
  flows: readonly Flow[],
  texts: Texts,
  attachments: ReadonlyMap<string, AttachmentFile>,
  answers?: ReadonlySet<string>,
): FlowProblem[] {
  const byName = new Map(flows.map((flow) => [flow.name, flow]));
  const world: FlowWorld = { flows: byName, attachments, ...(answers ? { answers } : {}) };
  const check = createTextCheck(texts);
  const own = [...check.ownTexts()].map((message) => ({ file: 'locales/vi/messages', message }));
  return [...flows.flatMap((flow) => checkFlow(flow, world, check)), ...own];
}

function checkFlow(flow: Flow, world: FlowWorld, check: TextCheck): FlowProblem[] {
  const problems: FlowProblem[] = [];
  const tell = (message: string, step?: string) => {
    const line = step === undefined ? undefined : flow.lines.get(step);
    problems.push({
      file: flow.file,
      message,
      ...(line === undefined ? {} : { line }),
      ...(step === undefined ? {} : { step }),
    });
  };
  for (const message of checkHead(flow)) tell(message);
  for (const message of headTexts(flow, check)) tell(message);
  const reachable = reachableSteps(flow);
  for (const [name, step] of flow.steps) {
    if (name === END) tell(`a step cannot be named "${END}". Rename it.`, name);
    if (!reachable.has(name)) tell('no way leads here. Lead one here, or remove the step.', name);
    for (const { to } of waysOut(step)) {
      if (to !== END && !flow.steps.has(to))
        tell(`leads to "${to}", which is no step. Correct the name.`, name);
    }
    for (const message of checkStep(world, flow, name, step)) tell(message, name);
    for (const [key, last] of textsOf(step))
      for (const message of check.message(key, last)) tell(message, name);
    for (const key of labelsOf(step)) for (const message of check.label(key)) tell(message, name);
  }
  const loop = stepInSilentLoop(flow);
  if (loop !== undefined) tell('goes round without ever asking the person. Put a question in between.', loop);
  return problems;
}

/** What stands above the steps. */
function* checkHead(flow: Flow): Generator<string> {
  const { start, sendNow, silence, heard, change, moves, version, steps } = flow;
  if (!steps.has(start)) yield `starts at "${start}", which is no step. Correct "start".`;
  if (sendNow !== undefined && !steps.has(sendNow)) {
    yield `"send_now" names "${sendNow}", which is no step. Correct it.`;
  }
  if (silence !== undefined && steps.get(silence.send)?.kindOf !== 'call') {
    yield `"silence" sends by "${silence.send}", which is no call. Name the step that calls submit_report.`;
  }
  if (change !== undefined && steps.get(change)?.kindOf !== 'ask') {
    yield `"change" names "${change}", which is no question. Name the one whose choices are the answers.`;
  }
  const saved = savedNames(flow);
  if (heard !== undefined && !saved.includes(heard)) {
    yield `"heard" names "${heard}", which no step saves. Name an answer that a text step saves.`;
  }
  for (const { from, steps: renamed = {} } of moves) {
    if (from >= version)
      yield `has a move from version ${from}, which is not before ${version}. Correct "from".`;
    if (from !== version - 1) continue;
    for (const now of Object.values(renamed)) {
      if (!steps.has(now)) yield `moves talks to the step "${now}", which does not exist. Correct it.`;
    }
  }
}

function* headTexts(flow: Flow, check: TextCheck): Generator<string> {
  if (flow.silence) yield* check.message(flow.silence.note, true);
  if (flow.menu !== undefined) yield* check.label(`menu.${flow.name}`);
}

/** Texts said as messages, and whether each may be the last that stands on the screen. */
function textsOf(step: Step): [string, boolean][] {
  switch (step.kindOf) {
    case 'say': {
      const isLast = step.next === END && step.kind !== 'danger';
      return step.attach
        ? [
            [step.say, isLast],
            [step.attach.alt, false],
          ]
        : [[step.say, isLast]];
    }
    case 'show':
    case 'answer':
      return [[step.none, step.next === END]];
    case 'ask':
      return step.again === undefined
        ? [[step.ask, true]]
        : [
            [step.ask, true],
            [step.again, true],
          ];
    default:
      return [];
  }
}

function labelsOf(step: Step): string[] {
  if (step.kindOf === 'say') return step.offer.map((flow) => `menu.${flow}`);
  if (step.kindOf !== 'ask') return [];
  return [
    ...step.choices.map((choice) => choice.label),
    ...(step.skip_label === undefined ? [] : [step.skip_label]),
  ];
}
