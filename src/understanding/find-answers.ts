import type { Answer } from './answer.js';
import { type Calibration, scoreOf } from './calibration.js';
import type { Features } from './features.js';
import { createRanking, type Ranked } from './rank.js';
import { searchEntries } from './search-entries.js';
import { PhraseLikeness } from './phrase-likeness.js';
import { SMALLTALK } from './search-settings.js';
import type { Smalltalk } from './smalltalk.js';
import type { Found, RankedAnswer } from './understanding.js';

export interface FinderParts {
  readonly answers: readonly Answer[];
  readonly smalltalk: readonly Smalltalk[];
  /** Sample questions of subjects that are not ours: what is nearer to those than to any answer is unknown. */
  readonly foreign: readonly (readonly string[])[];
  /** Turns any text into features. */
  readonly read: (text: string) => Features;
  /** Whether the text says anything beside function words ("không", "có ạ"). */
  readonly says: (text: string) => boolean;
  readonly calibration: Calibration;
}

/** Builds the answer search over answers and small talk. */
export function createFinder(parts: FinderParts): (text: string) => Found {
  const { answers, smalltalk, calibration, read } = parts;
  const rank = createRanking(answers, searchEntries(answers, parts.foreign, read));
  const chatter = new PhraseLikeness(smalltalk.map(({ questions }) => questions.map(read)));

  return (text) => {
    const features = read(text);
    if (features.size === 0) return { outcome: 'unknown', answers: [] };
    const likest = parts.says(text) ? rank(features) : [];
    const ranked = scored(likest, calibration);
    const best = ranked[0];
    const ours = likest[0] !== undefined && scoreOf(calibration.ours, likest[0]) >= calibration.ours_from;
    const { at, likeness: talks } = chatter.nearest(features);
    const chosen = smalltalk[at];
    if (chosen && talks >= (ours ? SMALLTALK.overAnswer : SMALLTALK.from)) {
      return { outcome: 'smalltalk', smalltalk: chosen.id, answers: ranked };
    }
    if (!best || !ours) return { outcome: 'unknown', answers: ranked };
    return {
      outcome: best.score >= calibration.answer_from ? 'answer' : 'suggest',
      answers: [best, ...ranked.slice(1)],
    };
  };
}

function scored(likest: readonly Ranked[], calibration: Calibration): readonly RankedAnswer[] {
  // The order is by likeness; a later one never claims to be surer than an earlier one.
  let ceiling = 1;
  return likest.map(({ answer, ...like }) => {
    ceiling = Math.min(ceiling, scoreOf(calibration, like));
    return { answer, score: ceiling };
  });
}
