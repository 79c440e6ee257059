import type { Answer } from './answer.js';
import type { Likeness } from './calibration.js';
import { SEARCH } from './search-settings.js';

export interface Ranked extends Likeness {
  readonly answer: Answer;
}

/**
 * The likest answers, best first, each with what its score is computed from.
 * @param matches likeness of every answer, then of every foreign subject
 */
export function rankAnswers(answers: readonly Answer[], matches: Float64Array): readonly Ranked[] {
  const likeness = (at: number | undefined): number => (at === undefined ? 0 : (matches[at] ?? 0));
  const strange = Math.max(0, ...matches.subarray(answers.length));
  const order = [...answers.keys()]
    .filter((at) => likeness(at) > 0)
    .sort((one, other) => likeness(other) - likeness(one) || one - other)
    .slice(0, SEARCH.most);
  return order.flatMap((at) => {
    const answer = answers[at];
    if (!answer) return [];
    const rival = order.find((other) => answers[other]?.topic !== answer.topic);
    const match = likeness(at);
    return [{ answer, match, lead: match - likeness(rival), own: match - strange }];
  });
}
