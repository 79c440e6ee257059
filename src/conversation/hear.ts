import { sendAnswer } from './answer-message.js';
import { Answers } from './answers.js';
import { choiceByWords } from './choices.js';
import { COMMANDS } from './commands.js';
import { doCommand } from './do-command.js';
import type { AskStep } from './flow-schema.js';
import { afterCard, hearFree } from './hear-free.js';
import { hearInFlow } from './hear-in-flow.js';
import { holds } from './holds.js';
import { pickPlace } from './place-step.js';
import { countWords } from './plain-words.js';
import { staleChoice } from './repair.js';
import { codeAlone } from './reporter-code.js';
import { askQuestion, goOn, openQuestion, runFrom, startFlow } from './run-flow.js';
import { shownByLabel, shownIds } from './shown.js';
import { takeChoice } from './take-input.js';
import { SAFETY } from './talk-state.js';
import { saidIn, say, type Work, words } from './work.js';

/** "Con chép ra vở rồi" is about the two numbers, a longer text is not. */
const LONGEST_WORD_ON_PROOF = 6;

/** Digits of the number of a choice. */
const LONGEST_NUMBER = 2;

/** A text: a command, a choice in words, the reporter's code, an answer to what waits, or something new. */
export function hearText(work: Work, text: string, plain: string): void {
  const { house } = work;
  const open = openQuestion(work);
  const offered = work.state.offered;
  if (offered !== undefined) delete work.state.offered;
  const shown = shownChoice(work, open?.step, text, plain);
  if (shown !== undefined) {
    hearChoice(work, shown);
    return;
  }
  const spoken = house.commands.find(saidIn(work, plain));
  if (spoken && 'command' in spoken) {
    // "That is all" answers a field for own words; elsewhere it is no command.
    if (spoken.command !== 'keep' || open?.step.text || open?.step.several) {
      doCommand(work, spoken.command);
      return;
    }
  } else if (spoken && mayBegin(work) && !(open && choiceByWords(work, open.step, plain))) {
    const flow = house.byName.get(spoken.flow);
    if (flow) {
      startFlow(work, flow);
      return;
    }
  }
  if (!open && offered !== undefined && answersOffer(work, offered, plain)) return;
  if (hearWish(work, text, plain)) return;
  if (!open?.step.text && !open?.step.code && !open?.step.proof) {
    const code = codeAlone(text, house.namesCode(plain));
    if (code !== undefined && enterCode(work, code)) return;
  }
  // The report is sent: who tells more instead of proving the code has begun something new.
  if (open?.step.proof && countWords(plain) > LONGEST_WORD_ON_PROOF) {
    delete work.state.at;
    hearFree(work, text, plain);
    return;
  }
  if (open) hearInFlow(work, open.flow, open.step, text, plain);
  else hearFree(work, text, plain);
}

/** To send now, or not at all, said in a sentence where a report is being told or something told waits. */
function hearWish(work: Work, text: string, plain: string): boolean {
  const open = openQuestion(work);
  const isReport = open?.flow.sendNow !== undefined;
  if (!isReport && (open || work.state.heard === undefined)) return false;
  // "Gửi rồi có rút lại được không?" asks.
  const wish = text.trimEnd().endsWith('?') ? undefined : work.house.commands.wish(text, plain);
  if (wish === undefined) return false;
  if (wish === 'cancel') doCommand(work, 'cancel');
  else if (!open) startReport(work);
  else if (work.state.at?.answers.names === '' || open.flow.sendNow === undefined) return false;
  else runFrom(work, open.flow, open.flow.sendNow);
  return true;
}

function startReport(work: Work): void {
  const flow = work.house.byName.get('report');
  if (flow) startFlow(work, flow);
}

/** Words that begin a flow do so when the talk is free, or when the flow it is in collects nothing that would be lost (no more: its report is sent). */
function mayBegin(work: Work): boolean {
  const open = openQuestion(work);
  const { at } = work.state;
  const collects =
    open?.flow.heard !== undefined || at?.calls?.some((back) => work.house.byName.get(back.flow)?.heard);
  return !open || open.step.proof === true || (!collects && open.step.text === undefined);
}

/** "Yes" or "no" to a flow that was offered in words, or to "are you safe?" on the card. */
function answersOffer(work: Work, offered: string, plain: string): boolean {
  const said = saidIn(work, plain);
  const isYes = said.some((words) => work.house.yes.has(words));
  const isNo = said.some((words) => work.house.no.has(words));
  const isUnsafe = offered === SAFETY && said.some((words) => work.house.unsafe.has(words));
  if (!isYes && !isNo && !isUnsafe) return false;
  const flow = work.house.byName.get(offered);
  if (offered === SAFETY) {
    if (!isYes) say(work, 'danger.unsafe', { kind: 'danger' });
    afterCard(work);
  } else if (isYes && flow) startFlow(work, flow);
  else doCommand(work, 'cancel');
  return true;
}

/** A choice that was shown last, named by its label or its number. */
function shownChoice(work: Work, step: AskStep | undefined, text: string, plain: string): string | undefined {
  if (work.state.shown === undefined) return undefined;
  const number = plain.length <= LONGEST_NUMBER ? /^\s*(\d{1,2})\s*[.)]?\s*$/.exec(text)?.[1] : undefined;
  // Where a number is asked for, "2" is the answer and not the second button.
  if (number !== undefined) return step?.number ? undefined : shownIds(work.state)[Number(number) - 1];
  return shownByLabel(work, step, plain);
}

function enterCode(work: Work, code: string): boolean {
  const entry = work.house.codeEntry;
  const step = entry?.flow.steps.get(entry.step);
  if (!entry || step?.kindOf !== 'ask') return false;
  const { flow, step: name } = entry;
  work.state.at = { flow: flow.name, version: flow.version, step: name, path: '', answers: new Answers() };
  work.passing.code = code;
  goOn(work, flow, step, { way: 'input' });
  return true;
}

/** A choice by its id. An id that is unknown or no longer fits changes nothing. */
export function hearChoice(work: Work, id: string): void {
  const { house, state } = work;
  const open = openQuestion(work);
  const choice = open && house.questions.get(open.step)?.byId.get(id);
  if (choice && holds(work, choice.only)) {
    takeChoice(work, open.flow, open.step, choice);
    return;
  }
  const command = [...COMMANDS, 'keep_place' as const].find((known) => known === id);
  if (command !== undefined) {
    doCommand(work, command);
    return;
  }
  if (id.startsWith('flow:')) {
    const flow = house.byName.get(id.slice('flow:'.length));
    // In the middle of a flow only a way that is on the screen now leads out of it; after a report every way does.
    const mayLeave = !open || open.step.proof || shownIds(state).includes(id);
    if (flow && mayLeave) {
      startFlow(work, flow);
      return;
    }
    staleChoice(work);
    return;
  }
  if (id.startsWith('answer:')) {
    const answer = house.mind.answerById(id.slice('answer:'.length));
    if (!answer) {
      staleChoice(work);
      return;
    }
    delete state.unclear;
    delete state.asked;
    sendAnswer(work, answer, !open);
    if (open) askQuestion(work, words(work, 'repair.where_we_were'));
    return;
  }
  const code = open && id.startsWith('place:') ? id.slice('place:'.length) : undefined;
  if (!open || code === undefined || !pickPlace(work, open.flow, open.step, code)) staleChoice(work);
}
