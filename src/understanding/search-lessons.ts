import { fold } from '../texts/fold.js';
import type { Answer, Topic } from './answer.js';
import type { Features } from './features.js';
import type { Lesson } from './topic-model.js';

/** Texts of which it is known what they are about. */
export interface SearchTexts {
  readonly answers: readonly Answer[];
  /** Questions of a topic that no single answer owns. */
  readonly topicQuestions: readonly TopicQuestion[];
  /** Sample questions of subjects that are not ours. */
  readonly foreign: readonly (readonly string[])[];
}

export interface TopicQuestion {
  readonly topic: Topic;
  readonly text: string;
}

/** A question typed without marks says the same, and must not weigh as much as two questions. */
const BARE = 0.5;
/** Bodies mention neighbours' topics. */
const BODY = 0.3;

/** What the topic model learns from. Topics without an answer are left out: nobody could be told anything on them. */
export function searchLessons(texts: SearchTexts, read: (text: string) => Features): Lesson[] {
  const lessons: Lesson[] = [];
  const question = (topic: string, text: string): void => {
    lessons.push({ topic, features: read(text), weight: 1 });
    const bare = fold(text.toLowerCase().normalize('NFC'));
    lessons.push({ topic, features: read(bare), weight: BARE });
  };
  const topics = new Set(texts.answers.map(({ topic }) => topic));
  for (const { topic, title, questions, body } of texts.answers) {
    for (const text of questions) question(topic, text);
    lessons.push({ topic, features: read(title), weight: 1 });
    for (const said of Object.values(body).filter((text) => text !== undefined))
      for (const text of said.split(/(?<=[.!?])\s+/))
        lessons.push({ topic, features: read(text), weight: BODY });
  }
  for (const { topic, text } of texts.topicQuestions) if (topics.has(topic)) question(topic, text);
  for (const subject of texts.foreign) for (const text of subject) question('', text);
  return lessons;
}
