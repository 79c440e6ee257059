import { answerChoice, sendAnswer } from './answer-message.js';
import { changesAnswer } from './change-answer.js';
import { choiceByWords, hasTold } from './choices.js';
import { doCommand } from './do-command.js';
import type { AskStep, Flow } from './flow-schema.js';
import { addWords, MAX_STORY } from './keep-words.js';
import { keepPiece } from './pieces.js';
import { namesPlace, takePlace } from './place-step.js';
import { countWords } from './plain-words.js';
import { notUnderstood } from './repair.js';
import { codeIn, proves } from './reporter-code.js';
import { askQuestion, goOn } from './run-flow.js';
import { sayBeside } from './say-beside.js';
import { search, tellsOfHarm } from './search.js';
import { takeChoice, takeDate, takeNumber, takeSeveral } from './take-input.js';
import { saidIn, say, type Work, words } from './work.js';

/** From this many words on a message tells something rather than picking something. */
const STORY_WORDS = 4;
/** A question in a field for one's own words is taken for a question only when it is this short. */
const SHORT_QUESTION = 80;
/** From this many words on a question may tell what happened, too. */
const LONG_QUESTION_WORDS = 8;

/** The person wrote while a question waits, and it was no command. */
export function hearInFlow(work: Work, flow: Flow, step: AskStep, text: string, plain: string): void {
  if (step.proof && takeProof(work, flow, step, text)) return;
  if (step.proof && work.context.danger === null && work.house.saysDone(text, plain)) {
    doCommand(work, 'skip');
    return;
  }
  const choice = choiceByWords(work, step, plain);
  if (choice) {
    takeChoice(work, flow, step, choice);
    return;
  }
  const isOwnWords = !step.place && !step.date && !step.number && !step.code && !step.proof;
  if (isOwnWords) keepPiece(work.state, { text, plain }, work.together);

  if (changesAnswer(work, flow, plain)) return;

  if ((step.text || step.place || step.date || step.several) && takeYesOrNo(work, step, plain)) return;

  if (step.text) {
    const isAside =
      work.context.danger === null && text.length <= SHORT_QUESTION && text.trimEnd().endsWith('?');
    if (isAside && answerAside(work, text)) return;
    takeText(work, flow, step, text);
    return;
  }
  const asks = work.house.commands.isQuestion(text, plain) && work.context.danger === null;
  if (takeNumber(work, flow, step, text) || takeSeveral(work, flow, step, text)) return;
  if (step.code && takeCode(work, flow, step, text)) return;
  if (step.place && (!asks || namesPlace(work, text))) {
    // A cry for help is no name of a place; it is kept with the report and the question comes again.
    if (work.context.danger === null || namesPlace(work, text)) {
      takePlace(work, flow, step, text);
      return;
    }
  }
  if (step.date && !asks && work.context.danger === null) {
    takeDate(work, flow, step, text);
    return;
  }
  if (asks) {
    // "He does this every night, what can I do?" asks and tells: the answer comes, and the telling is kept.
    const tells = countWords(plain) >= LONG_QUESTION_WORDS && tellsOfHarm(work, text);
    if (tells && flow.heard !== undefined) addWords(work, flow.heard, text, MAX_STORY);
    if (!answerAside(work, text)) noAnswerNow(work);
    return;
  }
  if (
    step.told &&
    (work.context.danger !== null || countWords(plain) >= STORY_WORDS) &&
    search(work, text).outcome !== 'smalltalk'
  ) {
    addWords(work, step.told.save, text, MAX_STORY);
    goOn(work, flow, step, { way: 'told', to: step.told.next });
    return;
  }
  if (
    flow.heard !== undefined &&
    !step.proof &&
    (work.context.danger !== null || countWords(plain) >= STORY_WORDS)
  ) {
    keepStory(work, flow, step, text);
    return;
  }
  if (work.context.danger !== null) {
    askQuestion(work);
    return;
  }
  if (work.house.commands.isSwearing(text, plain)) sayBeside(work, 'repair.kindly');
  else if (!answersKindly(work, text)) notUnderstood(work);
}

/** Small talk, a joke or a bad word in the middle: a kind line and the question again. False when it is none, or the second time. */
function answersKindly(work: Work, text: string): boolean {
  const found = search(work, text);
  if (found.outcome !== 'smalltalk' || work.state.unclear !== undefined) return false;
  const reply = work.house.mind.smalltalkReply(found.smalltalk, work.state.voice ?? 'teen');
  if (reply === undefined) return false;
  work.state.unclear = 1;
  askQuestion(work, reply);
  return true;
}

/** A question in the middle that nobody has answered yet: said once, then treated as anything not understood. */
function noAnswerNow(work: Work): void {
  if (work.state.unclear !== undefined) {
    notUnderstood(work);
    return;
  }
  work.state.unclear = 1;
  askQuestion(work, words(work, 'repair.no_answer'));
}

/** "No" to "tell us" or "anything more?" leaves it at that, "yes" to "anything more?" asks for it; neither is a story or a place. */
function takeYesOrNo(work: Work, step: AskStep, plain: string): boolean {
  const said = saidIn(work, plain);
  const told = hasTold(work, step);
  if (said.some((words) => work.house.no.has(words))) {
    if (!told && step.skip === undefined) return false;
    doCommand(work, told ? 'keep' : 'skip');
    return true;
  }
  if (!told || !said.some((words) => work.house.yes.has(words))) return false;
  askQuestion(work, undefined, words(work, step.ask));
  return true;
}

/** How many near answers are offered beside the question that waits. */
const NEAREST_ASIDE = 2;

function takeText(work: Work, flow: Flow, step: AskStep, text: string): void {
  if (step.text) addWords(work, step.text.save, text, step.text.max);
  goOn(work, flow, step, { way: 'input' });
}

/** The end of the code: it was written down. Other digits are not: the numbers are still above. */
function takeProof(work: Work, flow: Flow, step: AskStep, text: string): boolean {
  const { at } = work.state;
  const proven = at?.proof === undefined ? true : proves(text, at.proof);
  if (!at || proven === undefined) return false;
  if (proven) {
    delete at.proof;
    goOn(work, flow, step, { way: 'input' });
  } else askQuestion(work, undefined, words(work, step.again ?? step.ask));
  return true;
}

function takeCode(work: Work, flow: Flow, step: AskStep, text: string): boolean {
  const code = codeIn(text);
  if (code === undefined) return false;
  work.passing.code = code;
  goOn(work, flow, step, { way: 'input' });
  return true;
}

/** A question in the middle: the answer, or the nearest ones to choose from, and then the question that waits. False when nobody has answered it yet. */
function answerAside(work: Work, text: string): boolean {
  const found = search(work, text);
  if (found.outcome === 'answer') sendAnswer(work, found.answers[0].answer, false);
  else if (found.outcome === 'suggest') {
    const nearest = found.answers.slice(0, NEAREST_ASIDE).map(({ answer }) => answerChoice(answer));
    say(work, 'repair.suggest', { choices: nearest });
  } else return false;
  askQuestion(work, words(work, 'repair.where_we_were'));
  return true;
}

/** The person tells instead of choosing: what they told is kept, and may even answer the question. */
function keepStory(work: Work, flow: Flow, step: AskStep, text: string): void {
  if (flow.heard !== undefined) addWords(work, flow.heard, text, MAX_STORY);
  const topic = step.guess && search(work, text).answers[0];
  const guessed = topic && topic.score >= 0.5 && step.choices.find(({ id }) => id === topic.answer.topic);
  if (guessed) {
    takeChoice(work, flow, step, guessed);
    return;
  }
  askQuestion(work, words(work, 'repair.kept'));
}
