import type { Answer } from './answer.js';
import type { Features } from './features.js';
import { SearchIndex } from './search-index.js';
import { SEARCH } from './search-settings.js';
import type { Smalltalk } from './smalltalk.js';
import type { Found, RankedAnswer } from './understanding.js';

/**
 * Builds the answer search over answers, small talk and `foreign`, sample questions of subjects that are not ours: what is
 * nearer to those than to any answer is unknown. `read` turns any text into features.
 */
export function createFinder(
  answers: readonly Answer[],
  smalltalk: readonly Smalltalk[],
  foreign: readonly (readonly string[])[],
  read: (text: string) => Features,
): (text: string) => Found {
  const none: Features = new Map();
  const index = new SearchIndex([
    ...answers.map((answer) => ({
      questions: answer.questions.map(read),
      title: read(answer.title),
      body: read(Object.values(answer.body).join('. ')),
    })),
    ...foreign.map((questions) => ({ questions: questions.map(read), title: none, body: none })),
  ]);
  const chatter = new SearchIndex(
    smalltalk.map(({ questions }) => ({ questions: questions.map(read), title: none, body: none })),
  );

  return (text) => {
    const features = read(text);
    if (features.size === 0) return { outcome: 'unknown', answers: [] };
    const matches = index.match(features);
    const strange = Math.max(0, ...matches.subarray(answers.length));
    const ranked = rank(answers, matches, strange);
    const best = ranked[0];
    const chat = chatter.match(features, SEARCH.smalltalkMix);
    const chatBest = chat.reduce((top, match, at) => (match > (chat[top] ?? 0) ? at : top), 0);
    const chosen = smalltalk[chatBest];
    const talks = chat[chatBest] ?? 0;
    const rivalled = best !== undefined && best.score >= SEARCH.suggestFrom;
    if (chosen && talks >= (rivalled ? SEARCH.smalltalkOverAnswer : SEARCH.smalltalkFrom)) {
      return { outcome: 'smalltalk', smalltalk: chosen.id, answers: ranked };
    }
    if (!best || best.score < SEARCH.suggestFrom) return { outcome: 'unknown', answers: ranked };
    return {
      outcome: best.score >= SEARCH.answerFrom ? 'answer' : 'suggest',
      answers: [best, ...ranked.slice(1)],
    };
  };
}

function rank(answers: readonly Answer[], likeness: Float64Array, strange: number): readonly RankedAnswer[] {
  const matches = likeness.subarray(0, answers.length);
  const order = [...matches.keys()]
    .filter((at) => (matches[at] ?? 0) > 0)
    .sort((one, other) => (matches[other] ?? 0) - (matches[one] ?? 0) || one - other)
    .slice(0, SEARCH.most);
  const top = order[0];
  // The order is by likeness; a later one never claims to be surer than an earlier one.
  let ceiling = 1;
  return order.flatMap((at) => {
    const answer = answers[at];
    if (!answer) return [];
    const rivals = order.filter((other) => answers[other]?.topic !== answer.topic);
    const rival = at === top || rivals.length > 0 ? (matches[rivals[0] ?? -1] ?? 0) : 0;
    const likely = matches[at] ?? 0;
    ceiling = Math.min(ceiling, calibrate(likely, likely - rival, likely - strange));
    return [{ answer, score: ceiling }];
  });
}

function calibrate(match: number, lead: number, own: number): number {
  const { bias, match: perMatch, lead: perLead, own: perOwn } = SEARCH.calibration;
  const score = 1 / (1 + Math.exp(-(bias + perMatch * match + perLead * lead + perOwn * own)));
  return Math.round(score * 1000) / 1000;
}
