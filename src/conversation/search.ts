import { CATEGORIES } from '../directory/directory.js';
import type { Found, TalkSoFar } from '../understanding/understanding.js';
import type { Work } from './work.js';

/** What the knowledge base has for this message in this talk; searched at most once in a step. */
export function search(work: Work, text: string): Found {
  work.found ??= searchPieces(work, text);
  return work.found;
}

/** A message that says little by itself is read together with the pieces typed before it, where that says more. */
function searchPieces(work: Work, text: string): Found {
  const { house, together } = work;
  const before = soFar(work);
  const found = house.mind.findAnswers(text, before);
  const isWhole = found.outcome === 'answer' || found.outcome === 'smalltalk';
  if (together === undefined || together.wasAnswered || isWhole) return found;
  const whole = house.mind.findAnswers(together.text, before);
  const saysMore = whole.outcome === 'answer' || (whole.outcome === 'suggest' && found.outcome === 'unknown');
  return saysMore ? whole : found;
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
