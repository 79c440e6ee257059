import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOPICS, type Topic } from './answer.js';

/** A question that people ask on a topic, beside the question forms of its answers. */
export interface TopicQuestion {
  readonly topic: Topic;
  /** Id of the answer that helps best; undefined when none deals with it. */
  readonly answer: string | undefined;
  readonly text: string;
}

export const TOPIC_QUESTIONS = 'locales/vi/words/topic-questions';
/** Before the id of the answer to which the questions that follow belong. */
const ANSWER_LINE = '== ';

/**
 * One file a topic, one question a line. Those below `== id` are helped best by that answer; those before the first such
 * line are of the topic, and no answer deals with them yet. @throws Error naming the file that is called like no topic.
 */
export function readTopicQuestions(root: string): TopicQuestion[] {
  const folder = join(root, TOPIC_QUESTIONS);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const topic = TOPICS.find((known) => `${known}.txt` === name);
      if (!topic) throw new Error(`${join(folder, name)}: there is no such topic`);
      return questionsOf(topic, readFileSync(join(folder, name), 'utf8'));
    });
}

function questionsOf(topic: Topic, text: string): TopicQuestion[] {
  const questions: TopicQuestion[] = [];
  let answer: string | undefined;
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line.startsWith(ANSWER_LINE)) answer = line.slice(ANSWER_LINE.length);
    else if (line !== '' && !line.startsWith('#')) questions.push({ topic, answer, text: line });
  }
  return questions;
}
