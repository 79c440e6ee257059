import { ACCUSED_OFFICE } from './accused-office.js';
import { sendAnswer } from './answer-message.js';
import { saidAs } from './answer-value.js';
import { Answers } from './answers.js';
import { flowChoices, hasTold, questionChoices } from './choices.js';
import { draftFrom } from './draft.js';
import {
  type AskStep,
  type CallStep,
  conditionOf,
  END,
  type Flow,
  type SayStep,
  type ShowStep,
  type Step,
} from './flow-schema.js';
import { holds } from './holds.js';
import type { Call } from './talk.js';
import type { Position } from './talk-state.js';
import { passQuestion, type Return } from './way-back.js';
import { type OpenQuestion, say, send, type Work, words } from './work.js';

/** Begins a flow at its start, with what is known already. */
export function startFlow(work: Work, flow: Flow, known: Readonly<Record<string, string>> = {}): void {
  const { state } = work;
  delete state.unclear;
  state.at = {
    flow: flow.name,
    version: flow.version,
    step: flow.start,
    path: '',
    answers: Answers.of(known),
    ...(state.pressing ? { urgent: true } : {}),
  };
  if (flow.heard !== undefined && state.heard !== undefined) {
    state.at.answers.set(flow.heard, state.heard);
    delete state.heard;
  }
  if (flow.sendNow !== undefined && state.office !== undefined)
    state.at.answers.set(ACCUSED_OFFICE, state.office);
  runFrom(work, flow, flow.start);
}

/** The question that waits, with its flow; undefined when the talk is free. */
export function openQuestion(work: Work): OpenQuestion | undefined {
  const { at } = work.state;
  if (!at) return undefined;
  const { open } = work;
  if (open?.name === at.step && open.flow.name === at.flow) return open;
  const flow = work.house.byName.get(at.flow);
  return flow && openIn(work, flow, at.step);
}

/** The question of this name in the flow where the person is; undefined when it is none. */
export function openIn(work: Work, flow: Flow, name: string): OpenQuestion | undefined {
  const step = flow.steps.get(name);
  work.open = step?.kindOf === 'ask' ? { flow, step, name } : undefined;
  return work.open;
}

/** How a question was left: which way, and where that leads when not to the `next` of the step. */
export interface Leaving {
  readonly way: string;
  readonly to?: string | undefined;
  /** Where to return after the question there was answered. */
  readonly returnTo?: string | undefined;
}

/** Goes on after a question was answered or left out: to where it leads, or back to the summary that asked for it. */
export function goOn(work: Work, flow: Flow, step: AskStep, leaving: Leaving): void {
  const { at } = work.state;
  if (!at) return;
  work.house.trace?.(flow.name, at.step, leaving.way);
  passQuestion(at);
  // To delete what is not there takes as long as all the rest here.
  if (at.places) delete at.places;
  if (step.place) delete at.pinned;
  if (work.state.unclear !== undefined) delete work.state.unclear;
  const next = leaving.to ?? step.next ?? END;
  const target = leaving.returnTo === undefined ? (at.returnTo ?? next) : next;
  if (leaving.returnTo === undefined) {
    if (at.returnTo !== undefined) delete at.returnTo;
  } else at.returnTo = leaving.returnTo;
  // Whoever wishes to change an answer is asked, also where we would not have asked by ourselves.
  runFrom(work, flow, target, leaving.returnTo !== undefined);
}

/** Runs steps until one asks something, waits for a call, or the talk is free. `wished`: the first is there whatever its condition. */
export function runFrom(work: Work, begun: Flow, from: string, wished = false): void {
  let flow = begun;
  let name = from;
  let isWished = wished;
  for (;;) {
    const { at } = work.state;
    work.budget -= 1;
    if (!at || work.budget < 0) {
      delete work.state.at;
      return;
    }
    const step = flow.steps.get(name);
    if (!step) {
      const back = returnToCaller(work, at);
      if (!back) {
        delete work.state.at;
        return;
      }
      flow = back.flow;
      name = back.next;
      continue;
    }
    work.house.trace?.(flow.name, name);
    if (!isWished && !holds(work, conditionOf(step))) {
      name = pastStep(step);
      continue;
    }
    isWished = false;
    switch (step.kindOf) {
      case 'say':
        sayStep(work, step, at);
        name = step.next;
        break;
      case 'show':
        showReplies(work, step);
        name = step.next;
        break;
      case 'answer': {
        const answer = work.house.mind.answerById(step.answer);
        if (answer) sendAnswer(work, answer, false);
        else say(work, step.none);
        name = step.next;
        break;
      }
      case 'branch': {
        const value = work.passing[step.branch] ?? saidAs(at.answers.get(step.branch))[0];
        const next = value === undefined ? undefined : step.when[value];
        work.house.trace?.(flow.name, name, next === undefined ? 'else' : value);
        name = next ?? step.else;
        break;
      }
      case 'cases': {
        const place = step.cases.findIndex((one) => holds(work, one.if));
        work.house.trace?.(flow.name, name, place < 0 ? 'else' : `case:${place + 1}`);
        name = step.cases[place]?.next ?? step.else;
        break;
      }
      case 'flow': {
        const called = work.house.byName.get(step.flow);
        if (!called) {
          name = step.next;
          break;
        }
        enterCalled(at, flow, called, step.next);
        flow = called;
        name = called.start;
        break;
      }
      case 'goto': {
        const next = work.house.byName.get(step.goto);
        if (next) startFlow(work, next, step.with);
        else delete work.state.at;
        return;
      }
      case 'do':
        work.after = step.do;
        delete work.state.at;
        return;
      case 'call':
        at.waiting = name;
        work.call = callOf(work, step, at);
        return;
      case 'ask':
        at.step = name;
        work.open = { flow, step, name };
        ask(work, flow, step, at);
        return;
    }
  }
}

/** Where a step that is not there leads. */
function pastStep(step: Step): string {
  if (step.kindOf === 'ask') return step.skip ?? step.next ?? END;
  return 'next' in step ? step.next : END;
}

function enterCalled(at: Position, flow: Flow, called: Flow, next: string): void {
  const back: Return = {
    flow: flow.name,
    version: flow.version,
    next,
    ...(at.returnTo === undefined ? {} : { returnTo: at.returnTo }),
  };
  at.calls = [...(at.calls ?? []), back];
  delete at.returnTo;
  at.flow = called.name;
  at.version = called.version;
}

/** The flow that called the one which ended; undefined at the outermost. */
function returnToCaller(work: Work, at: Position): { flow: Flow; next: string } | undefined {
  const back = at.calls?.at(-1);
  const flow = back && work.house.byName.get(back.flow);
  if (!back || !flow || !at.calls) return undefined;
  if (at.calls.length === 1) delete at.calls;
  else at.calls = at.calls.slice(0, -1);
  at.flow = back.flow;
  at.version = back.version;
  if (back.returnTo === undefined) return { flow, next: back.next };
  // An answer that was changed lay in the called flow: then back to where the change was asked for.
  return { flow, next: back.returnTo };
}

function sayStep(work: Work, step: SayStep, at: Position): void {
  const choices = at.calls ? [] : flowChoices(work, step.offer);
  const { attach } = step;
  const attachment = attach && { kind: attach.kind, file: attach.file, alt: words(work, attach.alt) };
  say(work, step.say, { kind: step.kind, choices, ...(attachment ? { attachment } : {}) });
}

function showReplies(work: Work, step: ShowStep): void {
  if (!work.replies || work.replies.length === 0) say(work, step.none);
  for (const reply of work.replies ?? []) send(work, reply, { kind: 'reply' });
}

/** What the outside is asked to do by this step. */
export function callOf(work: Work, step: CallStep, at: Position): Call {
  switch (step.call) {
    case 'submit_report':
      return { action: 'submit_report', draft: draftFrom(work) };
    case 'open_mailbox':
      return { action: 'open_mailbox', code: work.passing.code ?? '' };
    case 'change_mailbox':
      return {
        action: 'change_mailbox',
        change: step.change,
        ...(at.mailbox === undefined ? {} : { mailbox: at.mailbox }),
      };
    case 'write_to_case': {
      const feedback = step.feedback === undefined ? undefined : at.answers.text(step.feedback);
      return {
        action: 'write_to_case',
        mailbox: at.mailbox ?? '',
        text: at.answers.text(step.text) ?? '',
        ...(work.state.evidence ? { evidence: work.state.evidence } : {}),
        ...(feedback === undefined ? {} : { feedback }),
      };
    }
  }
}

/** Asks the question that waits; `lead` is a line before it, `instead` replaces its words. */
export function askQuestion(work: Work, lead?: string, instead?: string): void {
  const open = openQuestion(work);
  const { at } = work.state;
  if (open && at) ask(work, open.flow, open.step, at, lead, instead);
}

function ask(work: Work, flow: Flow, step: AskStep, at: Position, lead?: string, instead?: string): void {
  const isAgain = step.again !== undefined && (step.text ? hasTold(work, step) : lead !== undefined);
  const question = instead ?? words(work, isAgain && step.again !== undefined ? step.again : step.ask);
  const input = inputOf(step);
  const shown = questionChoices(work, flow, at.step, step);
  work.question = shown;
  const note = noteOnSilence(work, flow, at);
  let text = lead === undefined ? '' : `${lead}\n\n`;
  if (note !== undefined) text += `${note}\n\n`;
  const { choices } = shown;
  send(work, text + question, input ? { kind: 'question', choices, input } : { kind: 'question', choices });
}

/** In danger, said once: what happens when they write no more. */
function noteOnSilence(work: Work, flow: Flow, at: Position): string | undefined {
  if (!flow.silence || !at.urgent || at.warned) return undefined;
  at.warned = true;
  return words(work, flow.silence.note);
}

function inputOf(step: AskStep): 'text' | 'place' | 'code' | undefined {
  if (step.text || step.number || step.date) return 'text';
  if (step.place) return 'place';
  return step.code || step.proof ? 'code' : undefined;
}
