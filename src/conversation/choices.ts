import { saidAs } from './answer-value.js';
import type { AskStep, Flow, FlowChoice } from './flow-schema.js';
import { holds } from './holds.js';
import type { Choice } from './message.js';
import { countWords } from './plain-words.js';
import { addedIds, addedLabel, flowChoiceId, type Shown, WITH } from './ready-questions.js';
import { lineOf } from './shown.js';
import { saidIn, type Work, words } from './work.js';

/** The most choices a question may have of its own; the engine adds a few. Few people read a longer list. */
export const MAX_OWN_CHOICES = 14;
/** The most ways on that are offered where nothing is asked: what fits on one screen of every channel. */
export const MOST_OFFERED = 5;

export const globalChoice = (work: Work, id: string): Choice => ({
  id,
  label: words(work, `conversation.${id}`),
});

/** Choices that begin flows, e.g. after an answer. */
export const flowChoices = (work: Work, flows: readonly string[]): Choice[] =>
  flows
    .filter((name) => work.house.byName.has(name))
    .map((name) => ({ id: `flow:${name}`, label: words(work, `menu.${name}`) }));

/** What can be done when no flow runs. */
export const menuChoices = (work: Work): Choice[] => flowChoices(work, work.house.menu);

/** Whether a question that takes more than one thing has something already: a choice, words, or a file where it takes files. */
export function hasTold(work: Work, step: AskStep): boolean {
  if (step.several && step.save !== undefined) return work.state.at?.answers.has(step.save) === true;
  if (!step.text) return false;
  const hasFile = step.media !== undefined && work.state.evidence !== undefined;
  return hasFile || work.state.at?.answers.has(step.text.save) === true;
}

/**
 * The choices of the question that waits: all its own, then the engine's. A channel that shows fewer buttons makes a numbered
 * list. In nearly every talk they are the same, and were put together before.
 */
export function questionChoices(work: Work, flow: Flow, stepName: string, step: AskStep): Shown {
  const question = work.house.questions.get(step);
  const ready = question?.shown?.[work.state.voice ?? 'teen'];
  const own = ready ? undefined : ownChoices(work, flow, stepName, step);
  const added = addedChoices(work, flow, step, own?.length ?? step.choices.length);
  const before = ready?.get(added);
  if (before) return before;
  const choices = [
    ...(own ?? ownChoices(work, flow, stepName, step)),
    ...addedIds(added).map((id) => ({ id, label: words(work, addedLabel(step, id)) })),
  ];
  const shown = { flow: flow.name, step: stepName, choices, line: lineOf(work.state, choices) };
  ready?.set(added, shown);
  if (ready) question?.byLine.set(shown.line, shown);
  return shown;
}

/** Which choices the engine adds: see `WITH`. */
function addedChoices(work: Work, flow: Flow, step: AskStep, own: number): number {
  const { at, unclear } = work.state;
  let added = 0;
  let count = own;
  const add = (choice: number) => {
    added += choice;
    count += 1;
  };
  if (unclear !== undefined && unclear >= 3) add(WITH.person);
  if (at?.urgent && flow.sendNow !== undefined) {
    const sendsAlready = step.choices.some((choice) => choice.next === flow.sendNow);
    if (!sendsAlready) add(WITH.send_now);
  }
  if (hasTold(work, step)) add(WITH.keep);
  else if (step.skip !== undefined) add(WITH.skip);
  if (step.text && at?.answers.has(step.text.save)) add(WITH.drop);
  if (at && at.path !== '') add(WITH.back);
  // The way to all other commands, where it fits beside the rest; in words it is always there.
  if (count < MOST_OFFERED) add(WITH.help);
  return added;
}

function ownChoices(work: Work, flow: Flow, stepName: string, step: AskStep): Choice[] {
  const at = work.state.at;
  if (step.place && at?.places) {
    return [
      ...at.places.map(([code, label]) => ({ id: `place:${code}`, label })),
      globalChoice(work, 'keep_place'),
    ];
  }
  const picked = step.several && step.save !== undefined ? saidAs(at?.answers.get(step.save)) : [];
  return choicesThere(work, step).map((choice) => {
    const label = words(work, choice.label);
    const id = flowChoiceId(flow.name, stepName, choice.id);
    return { id, label: picked.includes(choice.id) ? words(work, 'conversation.picked', { label }) : label };
  });
}

/** The choices whose condition holds. */
export const choicesThere = (work: Work, step: AskStep): FlowChoice[] =>
  step.choices.filter((choice) => holds(work, choice.only));

/** The choice of this step that the plain words name. */
export function choiceByWords(work: Work, step: AskStep, plain: string): FlowChoice | undefined {
  if (step.choices.length === 0) return undefined;
  const there = choicesThere(work, step);
  // As it was said first: "cháu tui" is a grandchild, though politeness taken off would leave "tui".
  for (const said of saidIn(work, plain)) {
    const named = there.find((choice) => isNamed(work, choice, [said]));
    if (named) return named;
  }
  return choiceInside(work, there, plain);
}

/** A longer sentence tells more than a choice. */
const MOST_WORDS_INSIDE = 10;

/** The choice whose phrases stand in a short sentence; where several do, the one that means danger: "giờ an toàn mà mai không an toàn". */
function choiceInside(work: Work, there: readonly FlowChoice[], plain: string): FlowChoice | undefined {
  if (countWords(plain) > MOST_WORDS_INSIDE) return undefined;
  const said = there.filter(
    ({ inside }) => inside !== undefined && work.house.choiceInside.get(inside)?.(plain),
  );
  return said.find(({ urgent }) => urgent) ?? said[0];
}

/** Whether one of these ways to say it is the label of the choice or among its further words. */
export const isNamed = (work: Work, choice: FlowChoice, said: readonly string[]): boolean =>
  (choice.words !== undefined &&
    said.some((words) => work.house.choiceWords.get(choice.words ?? '')?.has(words))) ||
  said.includes(work.house.plainLabel(words(work, choice.label)));
