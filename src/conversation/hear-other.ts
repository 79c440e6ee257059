import { menuChoices } from './choices.js';
import { afterCard } from './hear-free.js';
import type { IncomingContent } from './message.js';
import { notUnderstood } from './repair.js';
import { askQuestion, openQuestion } from './run-flow.js';
import { say, type Work, words } from './work.js';

type Other = Extract<IncomingContent, { readonly kind: 'other' }>['what'];

/** A sticker, a contact card, a text too long: answered kindly, then the question that waits. */
export function hearOther(work: Work, what: Other): void {
  if (what === 'unknown') notUnderstood(work);
  else sayBeside(work, `repair.${what}`);
}

/** An earlier message was given new words. What was answered stays as it was; how to correct it is said. */
export function hearEdited(work: Work): void {
  if (work.context.danger === null) sayBeside(work, 'repair.edited');
  else if (openQuestion(work)) askQuestion(work);
  else afterCard(work);
}

/** A line beside the talk, and then what waits; the second time in a row in other words. */
function sayBeside(work: Work, key: string): void {
  const times = work.state.unclear ?? 0;
  work.state.unclear = times + 1;
  const line = times % 2 === 0 ? key : `${key}_again`;
  if (openQuestion(work)) askQuestion(work, words(work, line));
  else say(work, line, { choices: menuChoices(work) });
}
