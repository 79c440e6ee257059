import { AnswerIndex, type AnswerIndexState, buildAnswerIndex } from './answer-index.js';
import type { FeatureSpaceState, Features } from './features.js';
import { type SearchTexts, searchLessons } from './search-lessons.js';
import { SEARCH, type SearchSettings } from './search-settings.js';
import { mendSlips, type Slips, slipsOf } from './slips.js';
import type { TextReader } from './text-reader.js';
import { fitTopics, TopicModel, type TopicModelState, type TopicScores } from './topic-model.js';

/** All that is weighed for the search, as it is kept in a file. */
export interface SearchIndexState {
  readonly settings: SearchSettings;
  readonly topics: TopicModelState;
  readonly answers: AnswerIndexState;
  readonly slips: Slips;
}

/** Weighs all texts. Takes some six seconds for the whole knowledge base. */
export function buildIndex(
  texts: SearchTexts,
  reader: TextReader,
  settings: SearchSettings = SEARCH,
): SearchIndexState {
  const lessons = searchLessons(texts, reader.features);
  const space = reader.space.state;
  const answers = buildAnswerIndex(texts.answers, reader.features, space, settings);
  const topics = fitTopics(lessons, space);
  const isLookedAt = (feature: number): boolean =>
    (topics.rarity[feature] ?? 0) > 0 || (answers.rarity[feature] ?? 0) > 0;
  reader.space.keepPairs(isLookedAt);
  const slips = slipsOf(space, reader.names, (feature) => (topics.rarity[feature] ?? 0) > 0);
  return { settings, topics, answers, slips };
}

/** What a text is like. The arrays hold until the next look-up. */
export interface Matches extends TopicScores {
  /** Of each answer, 0 to about 1. */
  readonly likeness: Float64Array;
}

/** Tells what a text is about (see topic-model.ts) and which answers are like it (see answer-index.ts). */
export class SearchIndex {
  /** Names of the topics in the order of their scores. */
  readonly topics: readonly string[];
  readonly #state: SearchIndexState;
  readonly #kinds: readonly number[];
  readonly #model: TopicModel;
  readonly #answers: AnswerIndex;

  constructor(state: SearchIndexState, space: FeatureSpaceState, answers: number) {
    this.#state = state;
    this.#kinds = space.kinds;
    this.#model = new TopicModel(state.topics, space);
    this.#answers = new AnswerIndex(state.answers, space, answers);
    this.topics = state.topics.topics;
  }

  match(features: Features): Matches {
    const { slips, settings, topics } = this.#state;
    const isKnown = (feature: number): boolean => (topics.rarity[feature] ?? 0) > 0;
    const mended = mendSlips(features, slips, this.#kinds, isKnown, settings.slip);
    return { ...this.#model.of(mended.numbers), likeness: this.#answers.match(mended) };
  }
}
