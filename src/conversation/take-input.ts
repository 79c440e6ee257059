import { saidAs } from './answer-value.js';
import { choicesThere, isNamed } from './choices.js';
import type { AskStep, Flow, FlowChoice } from './flow-schema.js';
import { holds } from './holds.js';
import { keepWhatWasToldBeside } from './keep-words.js';
import { plainWords } from './plain-words.js';
import { askQuestion, goOn } from './run-flow.js';
import { voiceOfAge } from './voice.js';
import { saidIn, type Work, words } from './work.js';

/** Takes a choice of the step's own; one of several is added, or taken out when it was there. */
export function takeChoice(work: Work, flow: Flow, step: AskStep, choice: FlowChoice): void {
  const { at } = work.state;
  if (!at) return;
  if (step.several && step.save !== undefined) {
    const picked = saidAs(at.answers.get(step.save));
    const isThere = picked.includes(choice.id);
    pick(work, step, isThere ? picked.filter((id) => id !== choice.id) : [...picked, choice.id]);
    work.house.trace?.(flow.name, at.step, `choice:${choice.id}`);
    askQuestion(work, undefined, words(work, step.again ?? step.ask));
    return;
  }
  if (step.save !== undefined) at.answers.set(step.save, choice.id);
  if (choice.voice !== undefined) {
    work.state.voice = choice.voice;
    work.state.voiceChosen = true;
  }
  if (choice.urgent) at.urgent = true;
  // Another answer to "are you safe?" takes the hurry back, unless danger was told in words.
  else if (at.urgent && !work.state.pressing && step.choices.some((each) => each.urgent)) delete at.urgent;
  goOn(work, flow, step, { way: `choice:${choice.id}`, to: choice.next, returnTo: choice.return_to });
}

function pick(work: Work, step: AskStep, ids: readonly string[]): void {
  const { at } = work.state;
  if (!at || step.save === undefined) return;
  if (ids.length === 0) at.answers.delete(step.save);
  else at.answers.set(step.save, ids);
}

/** Several choices in one message, "1, 3" or "la hét, nghỉ học". False when it names none, or something that is none. */
export function takeSeveral(work: Work, flow: Flow, step: AskStep, text: string): boolean {
  const { at } = work.state;
  if (!step.several || step.save === undefined || !at) return false;
  const there = choicesThere(work, step);
  const byNumber = work.house.numbers.list(text)?.map((number) => there[number - 1]);
  const named =
    byNumber ??
    text.split(/[,;+\n]/).map((part) => there.find((each) => isNamed(work, each, [plainWords(part)])));
  if (named.length === 0 || named.some((each) => each === undefined)) return false;
  const ids = named.flatMap((each) => (each ? [each.id] : []));
  if (ids.length === 1) {
    const [only] = named;
    if (only) takeChoice(work, flow, step, only);
    return true;
  }
  pick(work, step, [...new Set([...saidAs(at.answers.get(step.save)), ...ids])]);
  for (const id of ids) work.house.trace?.(flow.name, at.step, `choice:${id}`);
  goOn(work, flow, step, { way: 'input' });
  return true;
}

/** A number within the limits of the step. False when there is none. */
export function takeNumber(work: Work, flow: Flow, step: AskStep, text: string): boolean {
  const { at } = work.state;
  if (!step.number || !at) return false;
  const number = work.house.numbers.read(saidIn(work, plainWords(text)), step.number.age === true);
  if (number === undefined || number < step.number.min || number > step.number.max) return false;
  at.answers.set(step.number.save, number);
  keepWhatWasToldBeside(work, flow, text);
  if (step.number.own_if && holds(work, step.number.own_if)) {
    work.state.age = number;
    if (!work.state.voiceChosen) work.state.voice = voiceOfAge(number);
  }
  goOn(work, flow, step, { way: 'input' });
  return true;
}

/** A day in words: whatever was written is kept, with the days it means when we know them. */
export function takeDate(work: Work, flow: Flow, step: AskStep, text: string): boolean {
  const { at } = work.state;
  if (!step.date || !at) return false;
  keepWhatWasToldBeside(work, flow, text);
  at.answers.set(step.date.save, work.house.dates.read(text, work.context.now));
  goOn(work, flow, step, { way: 'input' });
  return true;
}
