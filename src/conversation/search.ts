import { CATEGORIES } from '../directory/directory.js';
import type { Found, TalkSoFar } from '../understanding/understanding.js';
import type { Work } from './work.js';

/** What the knowledge base has for this message in this talk; searched at most once in a step. */
export function search(work: Work, text: string): Found {
  work.found ??= work.house.mind.findAnswers(text, soFar(work));
  return work.found;
}

/** In danger the talk is about that; else about what was answered last. */
function soFar({ state, house }: Work): TalkSoFar {
  if (state.danger !== undefined) return { inDanger: true };
  const topic = state.lastAnswer && house.mind.answerById(state.lastAnswer)?.topic;
  return topic ? { topic } : {};
}

/** Whether the message is most likely about something that a report can be about. */
export function tellsOfHarm(work: Work, text: string): boolean {
  const topic = search(work, text).answers[0]?.answer.topic;
  return CATEGORIES.some((category) => category === topic);
}
