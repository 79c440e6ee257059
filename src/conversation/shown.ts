import { saidAs } from './answer-value.js';
import type { AskStep } from './flow-schema.js';
import type { Choice } from './message.js';
import { addedLabel } from './ready-questions.js';
import type { TalkState } from './talk-state.js';
import { type Work, words } from './work.js';

/**
 * The choices shown last, so that "2" or a label in words picks one. Kept as ids on one line, those of the waiting question
 * by their last part only (".yes"): the labels follow from them, in every voice, and are looked up when somebody writes.
 */
export function keepShown({ state, question }: Work, choices: readonly Choice[]): void {
  const { at } = state;
  const isQuestion = question?.choices === choices && at?.flow === question.flow && at.step === question.step;
  state.shown = isQuestion ? question.line : lineOf(state, choices);
}

/** The line for these choices, where the talk is now. */
export function lineOf(state: TalkState, choices: readonly Choice[]): string {
  const own = prefixOf(state);
  let line = '';
  for (const { id } of choices) {
    const short = own !== undefined && id.startsWith(own) ? id.slice(own.length - 1) : id;
    line = line === '' ? short : `${line} ${short}`;
  }
  return line;
}

/** Ids of the choices shown last, in their order. */
export function shownIds(state: TalkState): string[] {
  const own = prefixOf(state) ?? '';
  return (state.shown ?? '').split(' ').map((id) => (id.startsWith('.') ? own + id.slice(1) : id));
}

/** The choice that plain words name by its label. */
export function shownByLabel(work: Work, step: AskStep | undefined, plain: string): string | undefined {
  const line = work.state.shown;
  if (line === undefined || plain === '') return undefined;
  const labels = step && labelsOfLine(work, step, line);
  if (labels) return labels.get(plain);
  const place = line.split(' ').findIndex((id) => isLabel(work, step, id, plain));
  return place < 0 ? undefined : shownIds(work.state)[place];
}

/** The labels of what a question shows in every talk; undefined when something of this talk may be among them. */
function labelsOfLine(work: Work, step: AskStep, line: string): ReadonlyMap<string, string> | undefined {
  const question = work.house.questions.get(step);
  const shown = question?.byLine.get(line);
  const isAnswered = step.save !== undefined && work.state.at?.answers.has(step.save);
  if (!shown || isAnswered) return undefined;
  if (shown.byLabel) return shown.byLabel;
  const byLabel = new Map<string, string>();
  for (const { id } of shown.choices) {
    const key = question?.byId.get(id)?.label ?? addedLabel(step, id);
    // The first of two with the same label is meant.
    for (const label of work.house.plainLabels(key)) if (!byLabel.has(label)) byLabel.set(label, id);
  }
  shown.byLabel = byLabel;
  return byLabel;
}

function isLabel(work: Work, step: AskStep | undefined, id: string, plain: string): boolean {
  const { house, state } = work;
  if (id.startsWith('.')) {
    const choice = step?.choices.find((each) => each.id === id.slice(1));
    if (!choice) return false;
    const picked = step?.save !== undefined && saidAs(state.at?.answers.get(step.save)).includes(choice.id);
    if (!picked) return isLabelOf(work, choice.label, plain);
    const label = words(work, choice.label);
    return [label, words(work, 'conversation.picked', { label })].some(
      (each) => house.plainLabel(each) === plain,
    );
  }
  if (id.startsWith('flow:')) return isLabelOf(work, `menu.${id.slice('flow:'.length)}`, plain);
  if (id.startsWith('answer:')) {
    const title = house.mind.answerById(id.slice('answer:'.length))?.title;
    return title !== undefined && house.plainLabel(title) === plain;
  }
  if (id.startsWith('place:')) {
    const name = state.at?.places?.find(([code]) => id === `place:${code}`)?.[1];
    return name !== undefined && house.plainLabel(name) === plain;
  }
  return isLabelOf(work, addedLabel(step, id), plain);
}

/** In the voice of now or of when it was shown: who just said "con" may name the button that called them "bạn". */
const isLabelOf = (work: Work, key: string, plain: string): boolean =>
  work.house.plainLabels(key).includes(plain) || work.house.plainLabel(words(work, key)) === plain;

const prefixOf = ({ at }: TalkState): string | undefined => at && `${at.flow}.${at.step}.`;
