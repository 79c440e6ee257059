import type { EngineMind } from '../../src/conversation/talk.js';
import type { Answer } from '../../src/understanding/answer.js';

/** What an engine asks of understanding and places, knowing nothing but what `knows` says. */
export const mindThat = (knows: Partial<EngineMind> = {}): EngineMind => ({
  findAnswers: () => ({ outcome: 'unknown', answers: [] }),
  answerById: () => undefined,
  smalltalkReply: () => undefined,
  findPlaces: () => [],
  screenDanger: () => null,
  cite: () => ({ label: '', effectiveFrom: '' }),
  ...knows,
});

/** An answer without sources, numbers or ways on. */
export const plainAnswer = (own: Pick<Answer, 'id' | 'topic' | 'title' | 'body'>): Answer => ({
  ...own,
  questions: [],
  citations: [],
  numbers: [],
  owner: 'Tổ nội dung',
  reviewed_on: '2026-11-01',
  review_by: '2027-05-01',
  related: { answers: [], flows: [] },
});
