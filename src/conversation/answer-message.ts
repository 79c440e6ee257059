import type { Answer } from '../understanding/answer.js';
import type { DangerKind } from '../understanding/understanding.js';
import { flowChoices, MOST_OFFERED } from './choices.js';
import type { Choice } from './message.js';
import { send, type Work, words } from './work.js';

/** What those may have done, or may stand behind, to whom answers send a child. */
const FROM_GROWN_UPS: ReadonlySet<DangerKind> = new Set([
  'violence',
  'sexual_abuse',
  'acute_neglect',
  'runaway',
  'self_harm',
  'suicide',
]);

/**
 * One reviewed answer as a message: the answer, what to do now, the number to call, with its sources beside it.
 * `alone`: no flow waits, so related answers and ways on are offered.
 */
export function sendAnswer(work: Work, answer: Answer, alone: boolean): void {
  const voice = work.state.voice ?? 'teen';
  const parts = [answer.body[voice] ?? answer.body.teen];
  if (answer.do_now) parts.push(answer.do_now[voice] ?? answer.do_now.teen);
  const said = parts.join(' ');
  for (const number of answer.numbers)
    if (!said.includes(number)) parts.push(words(work, `numbers.n${number}`));
  if (fearsGrownUps(work)) {
    const notToThem = words(work, 'danger.not_to_them');
    if (!work.out.some(({ text }) => text.includes(notToThem))) parts.push(notToThem);
  }
  send(work, parts.join('\n\n'), {
    kind: 'answer',
    sources: answer.citations.map((citation) => work.house.mind.cite(citation)),
    choices: alone ? waysOn(work, answer) : [],
  });
  work.state.lastAnswer = answer.id;
  work.state.answered = true;
}

/** A child or teenager who told of such harm in this talk. */
function fearsGrownUps({ state }: Work): boolean {
  const isYoung = state.voice === 'child' || state.voice === 'teen';
  return isYoung && state.danger !== undefined && FROM_GROWN_UPS.has(state.danger);
}

function waysOn(work: Work, answer: Answer): Choice[] {
  const related = answer.related.answers
    .map((id) => work.house.mind.answerById(id))
    .filter((found): found is Answer => found !== undefined)
    .slice(0, 2)
    .map(answerChoice);
  const flows = new Set([
    ...answer.related.flows.map((name) => name.replaceAll('-', '_')),
    'report',
    'person',
  ]);
  return [...related, ...flowChoices(work, [...flows])].slice(0, MOST_OFFERED);
}

/** An answer offered by its title. */
export const answerChoice = (answer: Answer): Choice => ({ id: `answer:${answer.id}`, label: answer.title });
