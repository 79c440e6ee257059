import { fold } from '../texts/fold.js';
import type { Answer } from './answer.js';
import type { Features } from './features.js';
import type { TopicQuestion } from './topic-questions.js';

/** Texts of which it is known what they are about. */
export interface SearchTexts {
  readonly answers: readonly Answer[];
  /** Further questions of the topics, sorted by the answer that helps best. */
  readonly topicQuestions: readonly TopicQuestion[];
  /** Sample questions of subjects that are not ours. */
  readonly foreign: readonly (readonly string[])[];
}

/** A text of which it is known what it is about. */
export interface Lesson {
  /** "" is a subject that is not ours. */
  readonly topic: string;
  /** Place of the answer that it belongs to among the answers; −1 when none deals with it. */
  readonly answer: number;
  readonly features: Features;
  /** How much it counts beside a question form, which counts 1. */
  readonly weight: number;
}

/** A question typed without marks says the same, and must not weigh as much as two questions. */
const BARE = 0.5;
/** Place of the answer of a text that none deals with. */
const NO_ANSWER = -1;
/** Bodies mention neighbours' topics. */
const BODY = 0.3;

/** What the search learns from. Topics without an answer are left out: nobody could be told anything on them. */
export function searchLessons(texts: SearchTexts, read: (text: string) => Features): Lesson[] {
  const lessons: Lesson[] = [];
  const question = (topic: string, answer: number, text: string): void => {
    lessons.push({ topic, answer, features: read(text), weight: 1 });
    const bare = fold(text.toLowerCase().normalize('NFC'));
    lessons.push({ topic, answer, features: read(bare), weight: BARE });
  };
  const topics = new Set(texts.answers.map(({ topic }) => topic));
  const places = new Map(texts.answers.map(({ id }, answer) => [id, answer]));
  texts.answers.forEach(({ topic, title, questions, body }, answer) => {
    for (const text of questions) question(topic, answer, text);
    lessons.push({ topic, answer, features: read(title), weight: 1 });
    for (const said of Object.values(body).filter((text) => text !== undefined))
      for (const text of said.split(/(?<=[.!?])\s+/))
        lessons.push({ topic, answer, features: read(text), weight: BODY });
  });
  for (const { topic, answer, text } of texts.topicQuestions)
    if (topics.has(topic)) question(topic, places.get(answer ?? '') ?? NO_ANSWER, text);
  for (const subject of texts.foreign) for (const text of subject) question('', NO_ANSWER, text);
  return lessons;
}
