import type { Answer } from './answer.js';
import { AnswerModel, type AnswerModelState, fitAnswers } from './answer-model.js';
import type { FeatureSpaceState, Features } from './features.js';
import { learnedTexts } from './learned-texts.js';
import { type SearchTexts, searchLessons } from './search-lessons.js';
import { mendSlips, type Slips, slipsOf } from './slips.js';
import type { TextReader } from './text-reader.js';
import { fitTopics, TopicModel, type TopicModelState, type TopicScores } from './topic-model.js';

/** All that is weighed for the search, as it is kept in a file. */
export interface SearchIndexState {
  readonly topics: TopicModelState;
  readonly answers: AnswerModelState;
  readonly slips: Slips;
}

/** Weighs all texts. Takes some fifteen seconds for the whole knowledge base. */
export function buildIndex(texts: SearchTexts, reader: TextReader): SearchIndexState {
  const lessons = searchLessons(texts, reader.features);
  const space = reader.space.state;
  const learned = learnedTexts(lessons, space);
  const topics = fitTopics(lessons, learned);
  const answers = fitAnswers(lessons, learned, topics.topics, answersOf(topics.topics, texts.answers));
  const isLearned = (feature: number): boolean => (learned.rarity[feature] ?? 0) > 0;
  reader.space.keepPairs(isLearned);
  const slips = slipsOf(space, reader.names, isLearned);
  return { topics, answers, slips };
}

/** By topic the places of its answers. */
const answersOf = (topics: readonly string[], answers: readonly Answer[]): number[][] =>
  topics.map((topic) => answers.flatMap((answer, at) => (answer.topic === topic ? [at] : [])));

/** A topic that a text may be about. */
export interface TopicMatch {
  /** How much the text speaks for it: above 0 rather yes than no. */
  readonly score: number;
  /** Its answers, and how much the text speaks for each beside the others. */
  readonly answers: readonly { readonly at: number; readonly score: number }[];
}

/** What a text is like. */
export interface Matches extends Omit<TopicScores, 'topics' | 'length'> {
  /** The likest topics, likest first. */
  readonly topics: readonly TopicMatch[];
}

/** Tells what a text is about (see topic-model.ts) and which answers it asks for (see answer-model.ts). */
export class SearchIndex {
  readonly #state: SearchIndexState;
  readonly #kinds: readonly number[];
  readonly #model: TopicModel;
  readonly #answers: AnswerModel;
  readonly #answersOf: readonly (readonly number[])[];

  constructor(state: SearchIndexState, space: FeatureSpaceState, answers: readonly Answer[]) {
    this.#state = state;
    this.#kinds = space.kinds;
    this.#model = new TopicModel(state.topics, space);
    this.#answersOf = answersOf(state.topics.topics, answers);
    this.#answers = new AnswerModel(
      state.answers,
      this.#answersOf.map((places) => places.length),
    );
  }

  /** @param most so many topics are looked into */
  match(features: Features, most: number): Matches {
    const numbers = this.#numbersOf(features);
    const { topics: scores, length, ...whole } = this.#model.of(numbers);
    const likest = highest(scores, most);
    const inside = this.#answers.of(numbers, length, likest);
    return {
      ...whole,
      topics: likest.map((topic) => ({
        score: scores[topic] ?? 0,
        answers: this.#scored(topic, inside),
      })),
    };
  }

  /** The answers of one topic and how much the text speaks for each, whatever topic it speaks for; none when there is no such topic. */
  inside(features: Features, topic: string): TopicMatch['answers'] {
    const place = this.#state.topics.topics.indexOf(topic);
    if (place < 0) return [];
    const numbers = this.#numbersOf(features);
    return this.#scored(place, this.#answers.of(numbers, this.#model.of(numbers).length, [place]));
  }

  #numbersOf(features: Features): readonly number[] {
    const { slips, topics } = this.#state;
    return mendSlips(features, slips, this.#kinds, (feature) => (topics.rarity[feature] ?? 0) > 0);
  }

  #scored(topic: number, scores: Float64Array): TopicMatch['answers'] {
    const begin = this.#answers.beginOf(topic);
    return (this.#answersOf[topic] ?? []).map((at, each) => ({ at, score: scores[begin + each] ?? 0 }));
  }
}

/** Places of the highest values, highest first. */
function highest(values: Float64Array, most: number): number[] {
  const top: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (top.length === most && value <= (values[top[most - 1] ?? 0] ?? 0)) continue;
    let place = top.length;
    while (place > 0 && value > (values[top[place - 1] ?? 0] ?? 0)) place -= 1;
    top.splice(place, 0, at);
    if (top.length > most) top.pop();
  }
  return top;
}
