import { scrubQuestion } from '../understanding/scrub-question.js';
import type { Found } from '../understanding/understanding.js';
import { aboutDanger, afterCardKey, nextStep } from './after-card.js';
import { answerChoice, sendAnswer } from './answer-message.js';
import { flowChoices, globalChoice, MOST_OFFERED, menuChoices } from './choices.js';
import { noteDanger } from './danger-card.js';
import { forgetPieces, keepPiece } from './pieces.js';
import { countWords } from './plain-words.js';
import { notUnderstood } from './repair.js';
import { isOneNumber } from './reporter-code.js';
import { sayBeside } from './say-beside.js';
import { search, tellsOfHarm } from './search.js';
import { SAFETY } from './talk-state.js';
import { saidIn, say, send, words as textOf, type Work } from './work.js';

const STORY_WORDS = 5;
/** Fewer words are no question that anybody could write an answer to. */
const LEAST_QUESTION_WORDS = 2;
/** So long a message tells something even when it asks. */
const LONG_STORY_WORDS = 12;
const MAX_HEARD = 4000;
/** "Con năm nay tám tuổi ạ" and no more. */
const MOST_WORDS_OF_AN_AGE = 6;
const MOST_SUGGESTED = 3;
/** In danger a hand and a number come first; what there is to read stays one touch away. */
const MOST_AFTER_CARD = 2;

/** The person wrote while no question waits: danger, a question, small talk, or something we do not know. */
export function hearFree(work: Work, text: string, plain: string): void {
  keepPiece(work.state, { text, plain }, work.together);
  const isAfterCard = work.context.danger === null && work.state.danger !== undefined;
  if (isAfterCard && hearAfterCard(work, text, plain)) return;
  if (work.context.danger === null && saysLittle(work, plain)) {
    delete work.state.unclear;
    const key = work.house.voiceWords.age(plain) === undefined ? 'repair.smalltalk' : 'repair.age_heard';
    say(work, key, { choices: menuChoices(work) });
    return;
  }
  if (work.context.danger === null && isOneNumber(text)) {
    say(work, 'repair.one_number', { choices: flowChoices(work, ['follow_up', 'report', 'person']) });
    return;
  }
  if (work.context.danger === null && work.house.commands.isSwearing(text, plain)) {
    sayBeside(work, 'repair.kindly');
    return;
  }
  const found = search(work, text);
  if (found.language !== undefined) {
    // We cannot answer it, and hear danger in few words of it: who can help is said in that language, each time.
    const isCalm = work.context.danger === null;
    say(work, 'repair.language', isCalm ? { choices: menuChoices(work) } : {}, { language: found.language });
    if (isCalm) return;
  }
  const told = keepWhatWasTold(work, text, plain);
  noteUnanswered(work, found, text, told, plain);
  const onlyTells = told && !work.house.commands.isQuestion(text, plain);
  if (work.context.danger !== null) {
    const isAnswered = found.outcome === 'answer' && work.house.commands.isQuestion(text, plain);
    if (isAnswered) sendAnswer(work, found.answers[0].answer, false);
    const isOurs = found.outcome === 'answer' || found.outcome === 'suggest';
    afterCard(work, isOurs ? found.answers.slice(isAnswered ? 1 : 0) : []);
    return;
  }
  if (told && found.outcome === 'unknown') {
    listen(work);
    return;
  }
  if (onlyTells && found.outcome === 'suggest') {
    offerToReport(work, found.answers);
    return;
  }
  switch (found.outcome) {
    case 'answer':
      delete work.state.unclear;
      sendAnswer(work, found.answers[0].answer, !onlyTells && found.second === undefined);
      if (found.second) sendAnswer(work, found.second.answer, !onlyTells);
      if (onlyTells) offerToReport(work, found.answers.slice(1));
      return;
    case 'suggest':
      suggest(work, found);
      return;
    case 'smalltalk':
      delete work.state.unclear;
      smalltalk(work, found.smalltalk);
      return;
    case 'unknown':
      if (found.answers.length > 0 && (work.state.unclear ?? 0) === 0) suggest(work, found);
      else notUnderstood(work);
  }
}

/**
 * The person writes on after the emergency card and tells of no new danger: held on to, with the next thing to do, and never
 * sent back to write more briefly or greeted. False for a question that we can answer, and for thanks and farewells.
 */
function hearAfterCard(work: Work, text: string, plain: string): boolean {
  const holdOn = (key: string, near?: Found['answers']): true => {
    say(work, key, { kind: 'danger' }, { step: nextStep(work) });
    afterCard(work, near);
    return true;
  };
  const meaning = work.house.afterCard(text, plain);
  if (meaning === 'is_me') delete work.state.ofAnother;
  if (meaning !== undefined) {
    forgetPieces(work.state);
    return holdOn(afterCardKey(work, meaning));
  }
  if (saysLittle(work, plain)) return holdOn('after_card.heard');
  const found = search(work, text);
  const asks = work.house.commands.isQuestion(text, plain);
  if (found.language !== undefined || found.outcome === 'smalltalk') return false;
  if (found.outcome === 'answer' && asks) return false;
  if (!asks) keepTold(work, text);
  hearKindAnew(work);
  // `afterCard` counts too: right after the card comes the next thing to do, then in turns.
  const isAgain = (work.state.unclear ?? 0) === 0;
  return holdOn(isAgain ? 'after_card.listening_again' : 'after_card.listening', found.answers);
}

/** Whoever goes on typing in pieces may only now have said what it is: the next thing to do follows the whole. */
function hearKindAnew({ state, house, together }: Work): void {
  const danger = state.inPieces && together ? house.mind.screenDanger(together.text) : null;
  if (danger !== null) noteDanger(state, danger);
}

/**
 * A question nobody could answer is noted for content staff; one with near answers only when the next words show that none
 * of them was taken. Nothing is noted of a talk in which danger was found or something was told.
 */
function noteUnanswered(work: Work, found: Found, text: string, told: boolean, plain: string): void {
  const { state, context, unanswered } = work;
  const { asked } = state;
  delete state.asked;
  const isPrivate =
    told || context.danger !== null || state.danger !== undefined || state.heard !== undefined;
  if (isPrivate) return;
  if (asked !== undefined) unanswered.push(asked);
  if (countWords(plain) < LEAST_QUESTION_WORDS) return;
  if (found.outcome === 'unknown') unanswered.push(scrubQuestion(text));
  if (found.outcome === 'suggest') state.asked = scrubQuestion(text);
}

/** "Yes" or "no" to nothing, or only who they are ("con 8 tuổi"): heard, and not worth a search. */
function saysLittle(work: Work, plain: string): boolean {
  const { house } = work;
  const said = saidIn(work, plain);
  if (said.some((words) => house.yes.has(words) || house.no.has(words))) return true;
  return house.voiceWords.age(plain) !== undefined && countWords(plain) <= MOST_WORDS_OF_AN_AGE;
}

/** After the emergency card: what helps next, worded differently when it comes again, and answers that may help by their titles. */
export function afterCard(work: Work, near: Found['answers'] = []): void {
  const fitting = near.filter(({ answer }) => aboutDanger(work, answer.topic));
  const times = work.state.unclear ?? 0;
  work.state.unclear = (times + 1) % 2;
  work.state.offered = SAFETY;
  say(work, times === 0 ? 'danger.next' : 'danger.next_again', {
    kind: 'question',
    choices: [
      ...flowChoices(work, ['report', 'person']),
      ...fitting.slice(0, MOST_AFTER_CARD).map(({ answer }) => answerChoice(answer)),
      ...flowChoices(work, ['ask']),
    ],
  });
}

function suggest(work: Work, found: Found): void {
  if (found.outcome === 'suggest') work.state.answered = true;
  const times = work.state.unclear ?? 0;
  work.state.unclear = times + 1;
  const key =
    times >= 2 ? 'repair.suggest_person' : times === 1 ? 'repair.suggest_again' : `repair.${found.outcome}`;
  const answers = found.answers.slice(0, MOST_SUGGESTED).map(({ answer }) => answerChoice(answer));
  const ways = [...flowChoices(work, ['report']), globalChoice(work, 'person')];
  say(work, key, { kind: 'question', choices: [...answers, ...ways].slice(0, MOST_OFFERED) });
}

function smalltalk(work: Work, name: string): void {
  const reply = work.house.mind.smalltalkReply(name, work.state.voice ?? 'teen');
  send(work, reply ?? textOf(work, 'repair.smalltalk'), { choices: menuChoices(work) });
}

/** What sounds like something that happened is kept for a report, so that nobody must tell it twice. */
function keepWhatWasTold(work: Work, text: string, plain: string): boolean {
  const { context, house } = work;
  const length = countWords(plain);
  const isStory = length >= STORY_WORDS && !house.commands.isQuestion(text, plain);
  const isLong = length >= LONG_STORY_WORDS;
  const isCry = context.danger !== null;
  if (!isCry && !isLong && !(isStory && tellsOfHarm(work, text))) return false;
  keepTold(work, isCry ? wholeCry(work, text) : text);
  return true;
}

/** A cry with the pieces typed before it, unless these are kept already. */
function wholeCry({ state, together }: Work, text: string): string {
  if (together === undefined) return text;
  const isKept = state.heard?.replaceAll('\n', ' ').endsWith(together.before) === true;
  return isKept ? together.text.slice(together.before.length) : together.text;
}

function keepTold({ state }: Work, text: string): void {
  const words = text.trim();
  state.heard = (state.heard === undefined ? words : `${state.heard}\n${words}`).slice(0, MAX_HEARD);
}

/** Something told of which we cannot say what it is about: heard, and nobody is asked to report what may be no harm. */
function listen(work: Work): void {
  const times = work.state.invited ?? 0;
  work.state.invited = times + 1;
  say(work, times % 2 === 0 ? 'repair.listening' : 'repair.story_goes_on', {
    kind: 'question',
    choices: [...flowChoices(work, ['report', 'ask']), globalChoice(work, 'person')],
  });
}

/** A story rather than a question: offered to be sent as a report, worded differently when it goes on. */
function offerToReport(work: Work, near: Found['answers']): void {
  const times = work.state.invited ?? 0;
  work.state.invited = times + 1;
  work.state.offered = 'report';
  const answers = near.slice(0, 2).map(({ answer }) => answerChoice(answer));
  say(work, times % 2 === 0 ? 'repair.story' : 'repair.story_goes_on', {
    kind: 'question',
    choices: [...flowChoices(work, ['report']), ...answers, globalChoice(work, 'person')],
  });
}
