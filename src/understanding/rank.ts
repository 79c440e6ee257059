import type { Answer } from './answer.js';
import type { Likeness } from './calibration.js';
import type { Features } from './features.js';
import type { SearchIndex } from './search-index.js';
import { MOST_ANSWERS } from './search-settings.js';

export interface Ranked extends Likeness {
  readonly answer: Answer;
}

/** So many topics are looked into, and the best answer of each is always among those given: the first topic may be the wrong one. */
const TOPICS_SHOWN = 3;

interface Candidate {
  readonly at: number;
  /** Place of its topic among those the text speaks for. */
  readonly place: number;
  readonly near: number;
  /** Best of its topic: always given. */
  readonly isSure: boolean;
  readonly value: number;
}

/**
 * Ranks the answers for a text: by how much the text speaks for their topic, and inside a topic for each of them. An
 * answer of the first topic goes before the best of another only where it is nearly as likely as the first.
 * @param index over the answers in their order
 */
export function createRanking(
  answers: readonly Answer[],
  index: SearchIndex,
): (features: Features) => readonly Ranked[] {
  return (features) => {
    const { topics, foreign, domain, known } = index.match(features, TOPICS_SHOWN);
    const top = topics[0]?.score ?? 0;
    const rival = topics[1]?.score ?? 0;
    const candidates: Candidate[] = [];
    for (let place = 0; place < topics.length; place += 1) {
      const topic = topics[place];
      if (!topic) break;
      let best = topic.answers[0];
      for (const each of topic.answers) if (best && each.score > best.score) best = each;
      const most = best?.score ?? 0;
      for (const each of topic.answers)
        candidates.push({
          at: each.at,
          place,
          near: each.score,
          isSure: each === best,
          value: topic.score + each.score - most,
        });
    }
    return chosen(candidates).flatMap(({ at, place, near }) => {
      const answer = answers[at];
      const match = topics[place]?.score ?? 0;
      const lead = place === 0 ? top - rival : match - top;
      return answer ? [{ answer, match, lead, own: match - foreign, near, domain, known }] : [];
    });
  };
}

/** The candidates to give, highest value first; the sure ones are among them. */
function chosen(candidates: Candidate[]): Candidate[] {
  const byValue = candidates.sort((one, other) => other.value - one.value);
  let others = MOST_ANSWERS - byValue.reduce((count, { isSure }) => count + (isSure ? 1 : 0), 0);
  return byValue.filter(({ isSure }) => {
    if (isSure) return true;
    others -= 1;
    return others >= 0;
  });
}
