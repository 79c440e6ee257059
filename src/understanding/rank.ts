import type { Answer } from './answer.js';
import type { Likeness } from './calibration.js';
import type { Features } from './features.js';
import type { SearchIndex } from './search-index.js';
import { MOST_ANSWERS } from './search-settings.js';

export interface Ranked extends Likeness {
  readonly answer: Answer;
}

/**
 * Ranks the answers for a text: the likest first, each with what its score is computed from.
 * @param index over the answers in their order, then the foreign subjects; see `searchEntries`
 */
export function createRanking(
  answers: readonly Answer[],
  index: SearchIndex,
): (features: Features) => readonly Ranked[] {
  return (features) => {
    const { likeness, nearest, known, domain } = index.match(features);
    const strange = highest(likeness, answers.length, likeness.length);
    const order = best(likeness, answers.length);
    // The likest answer rivals those of other topics; its own topic's rival is the likest of another one.
    const topic = answers[order[0] ?? 0]?.topic;
    const top = likeness[order[0] ?? 0] ?? 0;
    let second = 0;
    for (let at = 0; at < answers.length; at += 1)
      if ((likeness[at] ?? 0) > second && answers[at]?.topic !== topic) second = likeness[at] ?? 0;
    return order.flatMap((at) => {
      const answer = answers[at];
      if (!answer) return [];
      const match = likeness[at] ?? 0;
      const lead = match - (answer.topic === topic ? second : top);
      return [{ answer, match, lead, own: match - strange, near: nearest[at] ?? 0, domain, known }];
    });
  };
}

function highest(values: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let at = from; at < to; at += 1) most = Math.max(most, values[at] ?? 0);
  return most;
}

/** Places of the highest values above nothing, highest first. */
function best(values: Float64Array, count: number): number[] {
  const top: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const value = values[at] ?? 0;
    if (value <= 0) continue;
    if (top.length === MOST_ANSWERS && value <= (values[top[MOST_ANSWERS - 1] ?? 0] ?? 0)) continue;
    let place = top.length;
    while (place > 0 && value > (values[top[place - 1] ?? 0] ?? 0)) place -= 1;
    top.splice(place, 0, at);
    if (top.length > MOST_ANSWERS) top.pop();
  }
  return top;
}
