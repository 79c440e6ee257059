import { type AttachmentFile, MAX_ATTACHMENT } from './attachments.js';
import { MAX_OWN_CHOICES } from './choices.js';
import { answersIn, type Condition } from './conditions.js';
import { type AskStep, conditionOf, END, type Flow, type Step } from './flow-schema.js';
import { savedNames } from './house.js';
import { flowChoiceId } from './ready-questions.js';

/** Telegram takes 64 bytes as the id of a button. */
const MAX_CHOICE_ID_BYTES = 64;
/** Values that a branch may look at besides saved answers: what the call before gave. */
const CALL_VALUES: ReadonlySet<string> = new Set(['state', 'code']);

/** What a step is checked against. */
export interface FlowWorld {
  readonly flows: ReadonlyMap<string, Flow>;
  readonly attachments: ReadonlyMap<string, AttachmentFile>;
  /** Ids of the reviewed answers; undefined when they are not at hand. */
  readonly answers?: ReadonlySet<string>;
}

/** What is wrong with one step, beside its texts and where it leads. */
export function* checkStep(world: FlowWorld, flow: Flow, name: string, step: Step): Generator<string> {
  const known = knownNames(world, flow);
  for (const condition of conditionsOf(step)) {
    for (const answer of answersIn(condition)) {
      if (!known.has(answer)) yield `asks for the answer "${answer}", which nobody saves. Correct its name.`;
    }
  }
  switch (step.kindOf) {
    case 'ask':
      yield* checkAsk(flow, name, step);
      return;
    case 'say':
      yield* checkOffers(world, step.offer, step.next);
      yield* checkAttachment(step, world.attachments);
      return;
    case 'goto':
    case 'flow': {
      const target = step.kindOf === 'goto' ? step.goto : step.flow;
      if (!world.flows.has(target))
        yield `leads to the flow "${target}", which does not exist. Correct the name.`;
      if (step.kindOf === 'flow' && callsItself(world, flow.name)) {
        yield `calls "${target}", which in the end calls "${flow.name}" again. Use goto there.`;
      }
      return;
    }
    case 'answer':
      if (world.answers && !world.answers.has(step.answer)) {
        yield `shows the answer "${step.answer}", which is not in locales/vi/answers. Correct its id.`;
      }
      return;
    case 'branch':
      if (!known.has(step.branch) && !CALL_VALUES.has(step.branch)) {
        yield `branches by "${step.branch}", which nobody saves. Correct its name.`;
      }
      return;
    case 'call':
      if (step.call !== 'write_to_case') return;
      for (const answer of [step.text, step.feedback]) {
        if (answer !== undefined && !known.has(answer))
          yield `sends the answer "${answer}", which no step saves.`;
      }
      return;
    default:
      return;
  }
}

function* checkOffers(world: FlowWorld, offer: readonly string[], next: string): Generator<string> {
  for (const flow of offer)
    if (!world.flows.has(flow)) yield `offers the flow "${flow}", which does not exist.`;
  if (offer.length > 0 && next !== END) yield 'offers flows but goes on. Offer only at the end.';
}

function* checkAttachment(
  { attach }: Extract<Step, { kindOf: 'say' }>,
  files: ReadonlyMap<string, AttachmentFile>,
): Generator<string> {
  if (!attach) return;
  const { file, kind } = attach;
  const found = files.get(file);
  if (!found) yield `sends "${file}", which is not in locales/vi/attachments. Put it there.`;
  else if (found.kind !== kind) yield `sends "${file}" as ${kind}, which it is not. Use PNG or JPEG, or PDF.`;
  else if (found.bytes > MAX_ATTACHMENT[kind]) {
    yield `sends "${file}" of ${found.bytes} bytes, at most ${MAX_ATTACHMENT[kind]} fit. Make it smaller.`;
  }
}

function* checkAsk(flow: Flow, name: string, step: AskStep): Generator<string> {
  const inputs = [step.text, step.place, step.code, step.proof, step.number, step.date].filter(
    (each) => each !== undefined,
  );
  if (inputs.length === 0 && step.choices.length === 0)
    yield 'asks but takes no answer. Give it choices or an input.';
  if (inputs.length > 1) yield 'takes two kinds of input. Ask one thing at a time.';
  if ((inputs.length > 0 || step.several) && step.next === undefined)
    yield 'takes an input but has no "next".';
  if (step.several && step.save === undefined) yield 'takes several choices but saves none. Give it "save".';
  if (step.media !== undefined && step.text === undefined) {
    yield 'takes files but no words. Add "text": a file may come with some.';
  }
  if (step.number && step.number.min > step.number.max) yield 'has a number whose "min" is above its "max".';
  if (step.only && step.skip === undefined && step.next === undefined) {
    yield 'may be passed over but does not say where to. Give it "next" or "skip".';
  }
  for (const choice of step.choices) {
    if (choice.next === undefined && step.next === undefined) {
      yield `the choice "${choice.id}" leads nowhere. Give it or the step a "next".`;
    }
    if (new TextEncoder().encode(flowChoiceId(flow.name, name, choice.id)).length > MAX_CHOICE_ID_BYTES) {
      yield `the choice "${choice.id}" has too long a name for a button. Shorten the step or the choice.`;
    }
    if (choice.return_to !== undefined && flow.steps.get(choice.return_to)?.kindOf !== 'ask') {
      yield `the choice "${choice.id}" returns to "${choice.return_to}", which is no question.`;
    }
    if (choice.id === 'other' && step.save !== undefined && flow.variants.includes(step.save)) {
      yield 'the choice "other" cannot be told from "any other" in a text that differs by it. Rename it.';
    }
  }
  const ids = step.choices.map((choice) => choice.id);
  if (new Set(ids).size < ids.length) yield 'has two choices of one id. Rename one.';
  if (step.choices.length > MAX_OWN_CHOICES) {
    yield `has ${step.choices.length} choices, people read at most ${MAX_OWN_CHOICES}. Put some together.`;
  }
}

function conditionsOf(step: Step): Condition[] {
  const own = conditionOf(step);
  const list = own ? [own] : [];
  if (step.kindOf === 'cases') list.push(...step.cases.map((one) => one.if));
  if (step.kindOf === 'ask') {
    list.push(...step.choices.flatMap(({ only }) => (only ? [only] : [])));
    if (step.number?.own_if) list.push(step.number.own_if);
  }
  return list;
}

/** What this flow saves, and what those save that it calls or is called by, as they share their answers. */
function knownNames(world: FlowWorld, flow: Flow): ReadonlySet<string> {
  const names = new Set([...savedNames(flow), 'contact_wish']);
  for (const other of world.flows.values()) {
    const isNear = calledBy(flow).includes(other.name) || calledBy(other).includes(flow.name);
    if (isNear) for (const name of savedNames(other)) names.add(name);
  }
  return names;
}

const calledBy = (flow: Flow): string[] =>
  [...flow.steps.values()].flatMap((step) => (step.kindOf === 'flow' ? [step.flow] : []));

function callsItself(world: FlowWorld, name: string): boolean {
  const seen = new Set<string>();
  const begun = world.flows.get(name);
  const open = begun ? calledBy(begun) : [];
  for (let called = open.pop(); called !== undefined; called = open.pop()) {
    if (called === name) return true;
    if (seen.has(called)) continue;
    seen.add(called);
    const flow = world.flows.get(called);
    if (flow) open.push(...calledBy(flow));
  }
  return false;
}
