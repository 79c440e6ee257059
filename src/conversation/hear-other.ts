import { afterCard } from './hear-free.js';
import type { IncomingContent } from './message.js';
import { notUnderstood } from './repair.js';
import { askQuestion, openQuestion } from './run-flow.js';
import { sayBeside } from './say-beside.js';
import type { Work } from './work.js';

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
