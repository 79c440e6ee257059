import { type Texts, VOICES } from '../texts/texts.js';
import { DANGER_KINDS } from '../understanding/understanding.js';
import { type AttachmentFile, MAX_ATTACHMENT } from './attachments.js';
import { flowChoiceId, MAX_OWN_CHOICES } from './choices.js';
import { ENGINE_LABELS, ENGINE_TEXTS } from './engine-texts.js';
import { reachableSteps, stepInSilentLoop, waysOut } from './flow-graph.js';
import { END, type Flow, type Step } from './flow-schema.js';
import { savedNames } from './house.js';
import type { FlowProblem } from './load-flows.js';

/** What every channel can show: Zalo cuts at 2,000 characters, Telegram takes 64 bytes as the id of a button. */
const MAX_MESSAGE = 2000;
const MAX_LABEL = 40;
const MAX_CHOICE_ID_BYTES = 64;

/** What is wrong with flows that could be read: such a flow must not go live. */
export function checkFlows(
  flows: readonly Flow[],
  texts: Texts,
  attachments: ReadonlyMap<string, AttachmentFile>,
): FlowProblem[] {
  const names = new Set(flows.map((flow) => flow.name));
  return [...flows.flatMap((flow) => checkFlow(flow, names, texts, attachments)), ...checkEngineTexts(texts)];
}

/** The engine's own words: repair, places, emergency cards. */
function checkEngineTexts(texts: Texts): FlowProblem[] {
  const file = 'locales/vi/messages';
  const cards = DANGER_KINDS.map((kind) => `danger.card.${kind}`);
  return [
    ...[...ENGINE_TEXTS, ...cards].flatMap((key) => [...checkText(texts, key)]),
    ...ENGINE_LABELS.flatMap((key) => [...checkLabel(texts, key)]),
  ].map((message) => ({ file, message }));
}

function checkFlow(
  flow: Flow,
  flowNames: ReadonlySet<string>,
  texts: Texts,
  attachments: ReadonlyMap<string, AttachmentFile>,
): FlowProblem[] {
  const problems: FlowProblem[] = [];
  const tell = (message: string, step?: string) =>
    problems.push({ file: flow.file, message, ...(step === undefined ? {} : { step }) });

  if (!flow.steps.has(flow.start)) tell(`starts at "${flow.start}", which is no step. Correct "start".`);
  if (flow.sendNow !== undefined && !flow.steps.has(flow.sendNow)) {
    tell(`"send_now" names "${flow.sendNow}", which is no step. Correct it.`);
  }
  const saved = savedNames(flow);
  if (flow.heard !== undefined && !saved.includes(flow.heard)) {
    tell(`"heard" names "${flow.heard}", which no step saves. Name an answer that a text step saves.`);
  }
  const reachable = reachableSteps(flow);
  for (const [name, step] of flow.steps) {
    if (name === END) tell(`a step cannot be named "${END}". Rename it.`, name);
    if (!reachable.has(name)) tell('no way leads here. Lead one here, or remove the step.', name);
    for (const { to } of waysOut(step)) {
      if (to !== END && !flow.steps.has(to))
        tell(`leads to "${to}", which is no step. Correct the name.`, name);
    }
    for (const message of checkStep(flow, name, step, flowNames)) tell(message, name);
    for (const message of checkAttachment(step, attachments)) tell(message, name);
    for (const key of keysOf(step)) for (const message of checkText(texts, key)) tell(message, name);
    for (const key of labelsOf(step)) for (const message of checkLabel(texts, key)) tell(message, name);
  }
  const loop = stepInSilentLoop(flow);
  if (loop !== undefined) tell('goes round without ever asking the person. Put a question in between.', loop);
  return problems;
}

function* checkStep(flow: Flow, name: string, step: Step, flowNames: ReadonlySet<string>): Generator<string> {
  if (step.kindOf === 'goto' && !flowNames.has(step.goto)) {
    yield `goes to the flow "${step.goto}", which does not exist. Correct the name.`;
  }
  if (step.kindOf === 'say') {
    for (const offered of step.offer) {
      if (!flowNames.has(offered)) yield `offers the flow "${offered}", which does not exist.`;
    }
    if (step.offer.length > 0 && step.next !== END) yield 'offers flows but goes on. Offer only at the end.';
  }
  if (step.kindOf === 'call' && step.call === 'write_to_case' && !savedNames(flow).includes(step.text)) {
    yield `sends the answer "${step.text}", which no step saves.`;
  }
  if (step.kindOf !== 'ask') return;
  const takes = [step.text, step.place, step.code, step.number, step.date].filter(
    (input) => input !== undefined,
  ).length;
  if (takes === 0 && step.choices.length === 0)
    yield 'asks but takes no answer. Give it choices or an input.';
  if (takes > 1) yield 'takes two kinds of input. Ask one thing at a time.';
  if (takes > 0 && step.next === undefined) yield 'takes an input but has no "next".';
  for (const choice of step.choices) {
    if (choice.next === undefined && step.next === undefined) {
      yield `the choice "${choice.id}" leads nowhere. Give it or the step a "next".`;
    }
    if (new TextEncoder().encode(flowChoiceId(flow.name, name, choice.id)).length > MAX_CHOICE_ID_BYTES) {
      yield `the choice "${choice.id}" has too long a name for a button. Shorten the step or the choice.`;
    }
  }
  const ids = step.choices.map((choice) => choice.id);
  if (new Set(ids).size < ids.length) yield 'has two choices of one id. Rename one.';
  if (step.choices.length > MAX_OWN_CHOICES) {
    yield `has ${step.choices.length} choices, people read at most ${MAX_OWN_CHOICES}. Put some together.`;
  }
  if (step.media !== undefined && step.text === undefined) {
    yield 'takes files but no words. Add "text": a file may come with some.';
  }
}

function* checkAttachment(step: Step, files: ReadonlyMap<string, AttachmentFile>): Generator<string> {
  if (step.kindOf !== 'say' || !step.attach) return;
  const { file, kind } = step.attach;
  const found = files.get(file);
  if (!found) yield `sends "${file}", which is not in locales/vi/attachments. Put it there.`;
  else if (found.kind !== kind) yield `sends "${file}" as ${kind}, which it is not. Use PNG or JPEG, or PDF.`;
  else if (found.bytes > MAX_ATTACHMENT[kind]) {
    yield `sends "${file}" of ${found.bytes} bytes, at most ${MAX_ATTACHMENT[kind]} fit. Make it smaller.`;
  }
}

/** Texts said as messages. */
function keysOf(step: Step): string[] {
  switch (step.kindOf) {
    case 'say':
      return step.attach ? [step.say, step.attach.alt] : [step.say];
    case 'show':
      return [step.none];
    case 'ask':
      return step.again === undefined ? [step.ask] : [step.ask, step.again];
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

function* checkText(texts: Texts, key: string): Generator<string> {
  if (!texts.has(key)) {
    yield `the text "${key}" does not exist. Write it in locales/vi/messages.`;
    return;
  }
  for (const voice of VOICES) {
    if (!texts.hasVoice(key, voice)) yield `the text "${key}" has no ${voice} voice. Write it.`;
    const length = rawLength(texts, key, voice);
    if (length > MAX_MESSAGE) yield `the text "${key}" has ${length} characters, at most ${MAX_MESSAGE} fit.`;
  }
}

function* checkLabel(texts: Texts, key: string): Generator<string> {
  if (!texts.has(key)) yield `the label "${key}" does not exist. Write it in locales/vi/messages.`;
  else if (texts.say(key).length > MAX_LABEL)
    yield `the label "${key}" is longer than ${MAX_LABEL} characters.`;
}

/** Length with placeholders left out; a text whose placeholders need values counts as short. */
function rawLength(texts: Texts, key: string, voice: (typeof VOICES)[number]): number {
  try {
    return texts.say(key, voice).length;
  } catch {
    return 0;
  }
}
