import { saidAs } from './answer-value.js';
import type { AskStep, Flow, FlowChoice } from './flow-schema.js';
import { holds } from './holds.js';
import type { Choice } from './message.js';
import { type Work, words } from './work.js';

/** The most choices a question may have of its own; the engine adds a few. Few people read a longer list. */
export const MAX_OWN_CHOICES = 14;
/** The most ways on that are offered where nothing is asked: what fits on one screen of every channel. */
export const MOST_OFFERED = 5;

/** Ids: a command by its name, `flow:<name>`, `answer:<id>`, `place:<code>`, and `<flow>.<step>.<choice>` for a flow's own. */
export const flowChoiceId = (flow: string, step: string, choice: string): string =>
  `${flow}.${step}.${choice}`;

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
  if (step.several && step.save !== undefined) return work.state.at?.answers[step.save] !== undefined;
  if (!step.text) return false;
  const hasFile = step.media !== undefined && work.state.evidence !== undefined;
  return hasFile || work.state.at?.answers[step.text.save] !== undefined;
}

/** The choices of a question: all its own, then the engine's. A channel that shows fewer buttons makes a numbered list. */
export function questionChoices(work: Work, flow: Flow, stepName: string, step: AskStep): Choice[] {
  const at = work.state.at;
  const extra: string[] = (work.state.unclear ?? 0) >= 3 ? ['person'] : [];
  const sendsAlready = step.choices.some((choice) => choice.next === flow.sendNow);
  if (at?.urgent && flow.sendNow !== undefined && !sendsAlready) extra.push('send_now');
  if (hasTold(work, step)) extra.push('keep');
  else if (step.skip !== undefined) extra.push('skip');
  if (step.text && at?.answers[step.text.save] !== undefined) extra.push('drop');
  if (at && at.path.length > 0) extra.push('back');
  const own = ownChoices(work, flow, stepName, step);
  // The way to all other commands, where it fits beside the rest; in words it is always there.
  if (own.length + extra.length < MOST_OFFERED) extra.push('help');
  return [...own, ...extra.map((id) => engineChoice(work, step, id))];
}

function engineChoice(work: Work, step: AskStep, id: string): Choice {
  return id === 'skip' && step.skip_label !== undefined
    ? { id, label: words(work, step.skip_label) }
    : globalChoice(work, id);
}

function ownChoices(work: Work, flow: Flow, stepName: string, step: AskStep): Choice[] {
  const at = work.state.at;
  if (step.place && at?.places) {
    return [
      ...at.places.map(([code, label]) => ({ id: `place:${code}`, label })),
      globalChoice(work, 'keep_place'),
    ];
  }
  const picked = step.several && step.save !== undefined ? saidAs(at?.answers[step.save]) : [];
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
  const there = choicesThere(work, step);
  // As it was said first: "cháu tui" is a grandchild, though politeness taken off would leave "tui".
  for (const said of work.house.commands.bare(plain)) {
    const named = there.find((choice) => isNamed(work, choice, [said]));
    if (named) return named;
  }
  return undefined;
}

/** Whether one of these ways to say it is the label of the choice or among its further words. */
export const isNamed = (work: Work, choice: FlowChoice, said: readonly string[]): boolean =>
  (choice.words !== undefined &&
    said.some((words) => work.house.choiceWords.get(choice.words ?? '')?.has(words))) ||
  said.includes(work.house.plainLabel(words(work, choice.label)));
