import type { Answer } from './answer.js';
import type { Likeness } from './calibration.js';
import type { Features } from './features.js';
import { type Searchable, SearchIndex } from './search-index.js';
import { MOST_ANSWERS, type SearchSettings } from './search-settings.js';

export interface Ranked extends Likeness {
  readonly answer: Answer;
}

/**
 * Ranks the answers for a text: the likest first, each with what its score is computed from.
 * @param entries the answers in their order, then the foreign subjects; see `searchEntries`
 */
export function createRanking(
  answers: readonly Answer[],
  entries: readonly Searchable[],
  settings?: SearchSettings,
): (features: Features) => readonly Ranked[] {
  const index = new SearchIndex(entries, settings);
  return (features) => {
    const { likeness, nearest, known, domain } = index.match(features);
    const strange = highest(likeness, answers.length, likeness.length);
    const order = best(likeness, answers.length);
    return order.flatMap((at) => {
      const answer = answers[at];
      if (!answer) return [];
      const match = likeness[at] ?? 0;
      let rival = 0;
      for (let other = 0; other < answers.length; other += 1)
        if ((likeness[other] ?? 0) > rival && answers[other]?.topic !== answer.topic)
          rival = likeness[other] ?? 0;
      return [
        { answer, match, lead: match - rival, own: match - strange, near: nearest[at] ?? 0, domain, known },
      ];
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
