import type { Answer } from './answer.js';
import type { Features } from './features.js';
import type { Searchable } from './search-index.js';

const NOTHING: Features = { numbers: [], weights: [], words: [] };

/** What the index is built of: the answers, then the foreign subjects. */
export function searchEntries(
  answers: readonly Answer[],
  foreign: readonly (readonly string[])[],
  read: (text: string) => Features,
): Searchable[] {
  return [
    ...answers.map((answer) => ({
      topic: answer.topic,
      questions: answer.questions.map(read),
      title: read(answer.title),
      body: read(Object.values(answer.body).join('. ')),
    })),
    ...foreign.map((questions) => ({
      topic: '',
      questions: questions.map(read),
      title: NOTHING,
      body: NOTHING,
    })),
  ];
}
