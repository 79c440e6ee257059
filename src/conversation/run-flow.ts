import { flowChoices, hasTold, questionChoices } from './choices.js';
import { draftFrom } from './draft.js';
import { type AskStep, type CallStep, END, type Flow, type SayStep, type ShowStep } from './flow-schema.js';
import { type SayOptions, say, send, type Work, words } from './work.js';

/** Begins a flow at its start, or at `step`. */
export function startFlow(work: Work, flow: Flow, step = flow.start): void {
  const { state } = work;
  delete state.unclear;
  state.at = {
    flow: flow.name,
    version: flow.version,
    step,
    path: [],
    answers: {},
    ...(state.pressing ? { urgent: true } : {}),
  };
  if (flow.heard !== undefined && state.heard !== undefined) {
    state.at.answers[flow.heard] = state.heard;
    delete state.heard;
  }
  runFrom(work, flow, step);
}

/** The question that waits, with its flow; undefined when the talk is free. */
export function openQuestion(work: Work): { flow: Flow; step: AskStep } | undefined {
  const { at } = work.state;
  const flow = at && work.house.byName.get(at.flow);
  const step = at && flow?.steps.get(at.step);
  return flow && step?.kindOf === 'ask' ? { flow, step } : undefined;
}

/** Goes on after a question was answered or left out: to where it leads, or back to the summary that asked for it. */
export function goOn(work: Work, flow: Flow, next: string | undefined, returnTo?: string): void {
  const { at } = work.state;
  if (!at) return;
  at.path = [...at.path.slice(-30), at.step];
  delete at.places;
  if (isPlace(flow, at.step)) delete at.pinned;
  delete work.state.unclear;
  const target = returnTo === undefined ? (at.returnTo ?? next ?? END) : (next ?? END);
  if (returnTo === undefined) delete at.returnTo;
  else at.returnTo = returnTo;
  runFrom(work, flow, target);
}

/** Runs steps until one asks something, waits for a call, or the flow ends. */
export function runFrom(work: Work, flow: Flow, from: string): void {
  let name = from;
  for (;;) {
    const step = flow.steps.get(name);
    const { at } = work.state;
    work.budget -= 1;
    if (!at || !step || work.budget < 0) {
      delete work.state.at;
      return;
    }
    switch (step.kindOf) {
      case 'say':
        say(work, step.say, {
          kind: step.kind,
          choices: flowChoices(work, step.offer),
          ...attached(work, step),
        });
        name = step.next;
        break;
      case 'show':
        showReplies(work, step);
        name = step.next;
        break;
      case 'branch':
        name = step.when[work.passing[step.branch] ?? at.answers[step.branch] ?? ''] ?? step.else;
        break;
      case 'goto': {
        const next = work.house.byName.get(step.goto);
        if (next) startFlow(work, next);
        else delete work.state.at;
        return;
      }
      case 'call':
        askOutside(work, step, name);
        return;
      case 'ask':
        at.step = name;
        askQuestion(work);
        return;
    }
  }
}

const isPlace = (flow: Flow, name: string): boolean => {
  const step = flow.steps.get(name);
  return step?.kindOf === 'ask' && step.place !== undefined;
};

function attached(work: Work, { attach }: SayStep): Pick<SayOptions, 'attachment'> {
  if (!attach) return {};
  return { attachment: { kind: attach.kind, file: attach.file, alt: words(work, attach.alt) } };
}

function showReplies(work: Work, step: ShowStep): void {
  if (!work.replies || work.replies.length === 0) say(work, step.none);
  for (const reply of work.replies ?? []) send(work, reply, { kind: 'reply' });
}

function askOutside(work: Work, step: CallStep, name: string): void {
  const { at } = work.state;
  if (!at) return;
  at.waiting = name;
  switch (step.call) {
    case 'submit_report':
      work.call = { action: 'submit_report', draft: draftFrom(work.state) };
      break;
    case 'open_mailbox':
      work.call = { action: 'open_mailbox', code: work.passing.code ?? '' };
      break;
    case 'write_to_case':
      work.call = {
        action: 'write_to_case',
        mailbox: at.mailbox ?? '',
        text: at.answers[step.text] ?? '',
        ...(work.state.evidence ? { evidence: work.state.evidence } : {}),
      };
      break;
  }
}

/** Asks the question that waits; `lead` is a line before it, `instead` replaces its words. */
export function askQuestion(work: Work, lead?: string, instead?: string): void {
  const open = openQuestion(work);
  const { at } = work.state;
  if (!open || !at) return;
  const { flow, step } = open;
  const isAgain = step.again !== undefined && (step.text ? hasTold(work, step) : lead !== undefined);
  const question = instead ?? words(work, isAgain && step.again !== undefined ? step.again : step.ask);
  const input = inputOf(step);
  const options: SayOptions = {
    kind: 'question',
    choices: questionChoices(work, flow, at.step, step),
    ...(input === undefined ? {} : { input }),
  };
  send(work, lead === undefined ? question : `${lead}\n\n${question}`, options);
}

function inputOf(step: AskStep): 'text' | 'place' | 'code' | undefined {
  if (step.text) return 'text';
  if (step.place) return 'place';
  return step.code ? 'code' : undefined;
}
