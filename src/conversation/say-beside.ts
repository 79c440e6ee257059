import { menuChoices } from './choices.js';
import { askQuestion, openQuestion } from './run-flow.js';
import { say, type Work, words } from './work.js';

/** A line beside the talk, and then what waits; the second time in a row in other words. */
export function sayBeside(work: Work, key: string): void {
  const times = work.state.unclear ?? 0;
  work.state.unclear = times + 1;
  const line = times % 2 === 0 ? key : `${key}_again`;
  if (openQuestion(work)) askQuestion(work, words(work, line));
  else say(work, line, { choices: menuChoices(work) });
}
