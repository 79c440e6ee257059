import type { Answer } from './answer.js';
import type { Likeness } from './calibration.js';
import type { Features } from './features.js';
import type { SearchIndex } from './search-index.js';
import { MOST_ANSWERS } from './search-settings.js';

export interface Ranked extends Likeness {
  readonly answer: Answer;
}

/** The best answer of so many topics is always among those given: the first topic may be the wrong one. */
const TOPICS_SHOWN = 3;
/** How much being the likest answer of its topic counts beside the topic's score. */
const INSIDE = 3;

/**
 * Ranks the answers for a text: by how much the text speaks for their topic, and inside a topic by how like they are.
 * @param index over the answers in their order
 */
export function createRanking(
  answers: readonly Answer[],
  index: SearchIndex,
): (features: Features) => readonly Ranked[] {
  const places = new Map(index.topics.map((topic, at) => [topic, at]));
  const topicOf = Int32Array.from(answers, ({ topic }) => places.get(topic) ?? -1);
  const ofTopic = index.topics.map((topic) =>
    answers.flatMap((answer, at) => (answer.topic === topic ? [at] : [])),
  );
  return (features) => {
    const { topics, foreign, likeness, domain, known } = index.match(features);
    const [first, second, ...others] = highest(topics, MOST_ANSWERS);
    if (first === undefined) return [];
    const top = topics[first] ?? 0;
    const rival = second === undefined ? 0 : (topics[second] ?? 0);
    const candidates: { at: number; value: number; best: boolean }[] = [];
    [first, ...(second === undefined ? [] : [second]), ...others].forEach((topic, place) => {
      const inside = (ofTopic[topic] ?? []).map((at) => likeness[at] ?? 0);
      const most = Math.max(...inside);
      let isFirst = true;
      inside.forEach((like, each) => {
        const best = isFirst && like === most;
        if (best) isFirst = false;
        candidates.push({
          at: ofTopic[topic]?.[each] ?? 0,
          value: (topics[topic] ?? 0) + INSIDE * (like - most),
          best: best && place < TOPICS_SHOWN,
        });
      });
    });
    return chosen(candidates).flatMap(({ at }) => {
      const answer = answers[at];
      if (!answer) return [];
      const match = topics[topicOf[at] ?? 0] ?? 0;
      const lead = topicOf[at] === first ? top - rival : match - top;
      return [{ answer, match, lead, own: match - foreign, near: likeness[at] ?? 0, domain, known }];
    });
  };
}

/** The candidates to give, highest value first; the best of the first topics are among them. */
function chosen<T extends { readonly value: number; readonly best: boolean }>(candidates: T[]): T[] {
  const byValue = candidates.sort((one, other) => other.value - one.value);
  const sure = byValue.filter(({ best }) => best);
  const others = byValue.filter(({ best }) => !best).slice(0, Math.max(0, MOST_ANSWERS - sure.length));
  return byValue.filter((each) => sure.includes(each) || others.includes(each));
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
