import { choicesThere, isNamed } from './choices.js';
import type { Flow } from './flow-schema.js';
import { askQuestion, goOn, openQuestion } from './run-flow.js';
import { saidIn, type Work } from './work.js';

/**
 * "Sửa nơi xảy ra": the answer to change, named at any question of a flow that says where its answers can be changed.
 * False when the words are no such wish. The talk comes back to the question it was at, or to the summary.
 */
export function changesAnswer(work: Work, flow: Flow, plain: string): boolean {
  if (flow.change === undefined) return false;
  const open = openQuestion(work);
  const menu = flow.steps.get(flow.change);
  const { at } = work.state;
  if (!open || !at || menu?.kindOf !== 'ask') return false;
  const wished = saidIn(work, plain).flatMap((said) => work.house.commands.changed(said));
  if (wished.length === 0) return false;
  const choice = choicesThere(work, menu).find((each) => isNamed(work, each, wished));
  if (!choice?.next) return false;
  if (choice.next === at.step) {
    askQuestion(work);
    return true;
  }
  const isBeyond = at.step === flow.change || open.step.choices.some((each) => each.next === flow.change);
  const returnTo = isBeyond ? choice.return_to : (at.returnTo ?? at.step);
  goOn(work, flow, open.step, { way: 'change', to: choice.next, returnTo });
  return true;
}
