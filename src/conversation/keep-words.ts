import type { Flow } from './flow-schema.js';
import type { Work } from './work.js';

/** Longest own words that a report carries, in characters. */
export const MAX_STORY = 4000;
/** An answer of so many characters says more than was asked. */
const SAYS_MORE = 60;

/** Later words follow earlier ones; nothing told is lost to a change of mind. */
export function addWords(work: Work, name: string, text: string, max: number): void {
  const { at } = work.state;
  if (!at) return;
  const earlier = at.answers.text(name);
  const told = earlier === undefined ? text.trim() : `${earlier}\n${text.trim()}`;
  at.answers.set(name, told.slice(0, max));
}

/** "Con 8 tuổi, ba con hay la con …" to "how old": the answer is taken, and what was told beside it is kept, too. */
export function keepWhatWasToldBeside(work: Work, flow: Flow, text: string): void {
  if (flow.heard !== undefined && text.length > SAYS_MORE) addWords(work, flow.heard, text, MAX_STORY);
}
