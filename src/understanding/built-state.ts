import type { Content, SpokenContent } from './content.js';
import type { FeatureSpaceState } from './features.js';
import { buildFinder, type FinderState } from './find-answers.js';
import { answersOn } from './load-answers.js';
import { compileDangerScreen, type DangerScreenState } from './screen-danger.js';
import { createTextReader } from './text-reader.js';

/** Everything that understanding needs, weighed and compiled: plain data that can be kept in a file. */
export interface BuiltState {
  readonly content: SpokenContent;
  /** Ids of the answers that the search was built over; others are hidden on the day. */
  readonly shown: readonly string[];
  readonly screen: DangerScreenState;
  readonly space: FeatureSpaceState;
  readonly finder: FinderState;
}

/** Takes some twenty seconds for the whole knowledge base. `day`: ISO date. */
export function buildState(content: Content, day: string): BuiltState {
  const { rules, fit, foreign, topicQuestions, ...spoken } = content;
  const { answers } = answersOn(day, content.answers, content.documents);
  const reader = createTextReader(content.spelling, content.vocabulary);
  const screen = compileDangerScreen(rules, content.spelling, fit);
  const finder = buildFinder({ answers, topicQuestions, foreign, smalltalk: content.smalltalk }, reader);
  const { readings, folded } = content.spelling;
  return {
    content: { ...spoken, spelling: { readings, folded, names: reader.names } },
    shown: answers.map(({ id }) => id),
    screen,
    space: reader.space.state,
    finder,
  };
}
