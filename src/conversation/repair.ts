import { menuChoices } from './choices.js';
import { askQuestion, openQuestion } from './run-flow.js';
import { say, type Work, words } from './work.js';

/** Times not understood before a person is offered; after that the second and third wording take turns. */
const WORDINGS = 3;

/** Which wording this time, so that no sentence comes twice in a row. */
function nextWording(work: Work): number {
  const times = (work.state.unclear ?? 0) + 1;
  work.state.unclear = times;
  return times <= WORDINGS ? times : 2 + (times % 2);
}

/** We did not understand: our fault, said differently each time, the third time with a person and 111. */
export function notUnderstood(work: Work): void {
  const wording = nextWording(work);
  if (!openQuestion(work)) {
    say(work, `repair.unknown_${wording}`, { choices: menuChoices(work) });
    return;
  }
  if (wording === 1) askQuestion(work, words(work, 'repair.unclear_1'));
  else askQuestion(work, undefined, words(work, `repair.unclear_${wording}`));
}

/** A choice that is no longer there: nothing happens, and what can be done now is shown again. */
export function staleChoice(work: Work): void {
  const wording = (work.state.unclear ?? 0) % 2 === 0 ? 'repair.stale' : 'repair.stale_again';
  work.state.unclear = (work.state.unclear ?? 0) + 1;
  if (openQuestion(work)) askQuestion(work, words(work, wording));
  else say(work, wording, { choices: menuChoices(work) });
}

/** A line, and then what waits: the question of the flow, or the menu. */
export function sayAndWait(work: Work, key: string): void {
  if (openQuestion(work)) {
    say(work, key);
    askQuestion(work);
  } else say(work, key, { choices: menuChoices(work) });
}
