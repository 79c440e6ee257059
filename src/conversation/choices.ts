import type { AskStep, Flow, FlowChoice } from './flow-schema.js';
import type { Choice } from './message.js';
import { plainWords } from './plain-words.js';
import { type Work, words } from './work.js';

/** The most choices of one message that every channel can show (Zalo has five buttons). */
export const MAX_CHOICES = 5;

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

/**
 * The choices of a question: its own first, on pages when they are many, then the engine's as far as there is room.
 * What has no button is still understood in words.
 */
export function questionChoices(work: Work, flow: Flow, stepName: string, step: AskStep): Choice[] {
  const at = work.state.at;
  const own = ownChoices(work, flow, stepName, step);
  const pages = pageCount(step);
  const page = (at?.page ?? 0) % pages;
  const isLast = page === pages - 1;
  const shown =
    pages === 1
      ? own
      : [
          ...own.slice(page * pageSize(step), (page + 1) * pageSize(step)),
          ...(step.more === undefined || isLast ? [] : [{ id: 'more', label: words(work, step.more) }]),
        ];
  const extra: string[] = (work.state.unclear ?? 0) >= 3 ? ['person'] : [];
  const sendsAlready = step.choices.some((choice) => choice.next === flow.sendNow);
  if (at?.urgent && flow.sendNow !== undefined && !sendsAlready) extra.push('send_now');
  if (step.text && at?.answers[step.text.save] !== undefined) extra.push('keep', 'drop');
  else if (step.skip !== undefined) extra.push('skip');
  if (at && at.path.length > 0) extra.push('back');
  return [
    ...shown,
    ...extra.slice(0, Math.max(0, MAX_CHOICES - shown.length)).map((id) => engineChoice(work, step, id)),
  ];
}

/** On each page there is room for the way to the next one and, where the question may be left out, for that. */
const pageSize = (step: AskStep): number => MAX_CHOICES - (step.skip === undefined ? 1 : 2);

export const pageCount = (step: AskStep): number =>
  step.choices.length <= MAX_CHOICES ? 1 : Math.ceil(step.choices.length / pageSize(step));

function engineChoice(work: Work, step: AskStep, id: string): Choice {
  return id === 'skip' && step.skip_label !== undefined
    ? { id, label: words(work, step.skip_label) }
    : globalChoice(work, id);
}

function ownChoices(work: Work, flow: Flow, stepName: string, step: AskStep): Choice[] {
  const places = work.state.at?.places;
  if (step.place && places) {
    return [
      ...places.map(([code, label]) => ({ id: `place:${code}`, label })),
      globalChoice(work, 'keep_place'),
    ];
  }
  return step.choices.map((choice) => ({
    id: flowChoiceId(flow.name, stepName, choice.id),
    label: words(work, choice.label),
  }));
}

/** The choice of this step that the plain words name, also one on another page. */
export function choiceByWords(work: Work, step: AskStep, plain: string): FlowChoice | undefined {
  const said = work.house.commands.bare(plain);
  return step.choices.find(
    (choice) =>
      (choice.words !== undefined &&
        said.some((words) => work.house.choiceWords.get(choice.words ?? '')?.has(words))) ||
      said.includes(plainWords(words(work, choice.label))),
  );
}
