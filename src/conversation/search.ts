import { CATEGORIES } from '../directory/directory.js';
import type { Found } from '../understanding/understanding.js';
import type { Work } from './work.js';

/** What the knowledge base has for this message; searched at most once in a step. */
export function search(work: Work, text: string): Found {
  work.found ??= work.house.mind.findAnswers(text);
  return work.found;
}

/** Whether the message is most likely about something that a report can be about. */
export function tellsOfHarm(work: Work, text: string): boolean {
  const topic = search(work, text).answers[0]?.answer.topic;
  return CATEGORIES.some((category) => category === topic);
}
