import { sendAnswer } from './answer-message.js';
import { forget, greet } from './begin.js';
import { globalChoice, hasTold, menuChoices } from './choices.js';
import type { Command } from './commands.js';
import { keepPlaceWords, leavePlaceOut } from './place-step.js';
import { sayAndWait, staleChoice } from './repair.js';
import { askQuestion, goOn, openQuestion, runFrom, startFlow } from './run-flow.js';
import type { Position } from './talk-state.js';
import { lastPassed } from './way-back.js';
import { say, type Work } from './work.js';

/** Does what works at every step. */
export function doCommand(work: Work, command: Command | 'keep_place'): void {
  const open = openQuestion(work);
  const { at } = work.state;
  switch (command) {
    case 'forget':
      forget(work);
      return;
    case 'restart':
      greet(work);
      return;
    case 'cancel': {
      const { heard, evidence } = work.state;
      const hadSomething = open !== undefined || heard !== undefined || evidence !== undefined;
      delete work.state.at;
      delete work.state.heard;
      delete work.state.office;
      delete work.state.evidence;
      delete work.state.unclear;
      say(work, hadSomething ? 'repair.cancelled' : 'repair.nothing_to_cancel', {
        choices: menuChoices(work),
      });
      return;
    }
    case 'person':
      offerPerson(work);
      return;
    case 'help':
      help(work);
      return;
    case 'repeat':
      repeat(work);
      return;
    case 'back':
      goBack(work);
      return;
    case 'skip':
      skip(work);
      return;
    case 'keep':
    case 'drop':
      keepOrDrop(work, command);
      return;
    case 'keep_place':
      if (!open?.step.place || !at?.answers.has(`${open.step.place.save}_words`)) {
        staleChoice(work);
        return;
      }
      keepPlaceWords(work, open.flow, open.step);
      return;
    case 'send_now':
      if (!open || !at?.urgent || open.flow.sendNow === undefined) {
        staleChoice(work);
        return;
      }
      runFrom(work, open.flow, open.flow.sendNow);
      return;
  }
}

function offerPerson(work: Work): void {
  const flow = work.house.byName.get('person');
  if (openQuestion(work) || !flow) sayAndWait(work, 'person.now');
  else startFlow(work, flow);
}

function repeat(work: Work): void {
  const last = work.state.lastAnswer;
  const answer = last === undefined ? undefined : work.house.mind.answerById(last);
  if (openQuestion(work)) askQuestion(work);
  else if (answer) sendAnswer(work, answer, true);
  else sayAndWait(work, 'repair.help');
}

/** What can be said at every step, as buttons too, and then what waits. */
function help(work: Work): void {
  const open = openQuestion(work);
  if (!open) {
    sayAndWait(work, 'repair.help');
    return;
  }
  const ways = ['repeat', 'cancel', 'restart', 'person', 'forget'];
  say(work, 'repair.help_in_flow', { choices: ways.map((id) => globalChoice(work, id)) });
  askQuestion(work);
}

function goBack(work: Work): void {
  const { at } = work.state;
  if (!at || !openQuestion(work)) {
    sayAndWait(work, 'repair.help');
    return;
  }
  const hadPlaces = at.places !== undefined;
  delete at.places;
  delete at.returnTo;
  delete work.state.unclear;
  if (!hadPlaces && !stepBack(work, at)) {
    delete work.state.at;
    say(work, 'repair.at_the_start', { choices: menuChoices(work) });
    return;
  }
  askQuestion(work);
}

/** To the question before, also in a flow that was called or left; one that is no longer there is passed over. */
function stepBack(work: Work, at: Position): boolean {
  for (let passed = lastPassed(at); passed !== undefined; passed = lastPassed(at)) {
    const outermost = at.calls?.[0]?.flow ?? at.flow;
    const spot = typeof passed === 'string' ? { flow: outermost, step: passed, calls: undefined } : passed;
    const flow = work.house.byName.get(spot.flow);
    if (flow?.steps.get(spot.step)?.kindOf !== 'ask') continue;
    at.flow = spot.flow;
    at.version = flow.version;
    at.step = spot.step;
    if (spot.calls) at.calls = spot.calls;
    else delete at.calls;
    return true;
  }
  return false;
}

function skip(work: Work): void {
  const { at } = work.state;
  const open = openQuestion(work);
  if (!at || !open) {
    say(work, 'repair.nothing_to_cancel', { choices: menuChoices(work) });
    return;
  }
  if (open.step.skip === undefined) {
    sayAndWait(work, 'repair.needed');
    return;
  }
  const { save, place, number, date, choices } = open.step;
  for (const name of [save, number?.save, date?.save]) if (name !== undefined) at.answers.delete(name);
  if (place) leavePlaceOut(at, place.save);
  delete at.proof;
  // Asked how we may speak and left out: then the safe voice, and never asked again.
  if (choices.some((choice) => choice.voice !== undefined)) work.state.voice ??= 'teen';
  goOn(work, open.flow, open.step, { way: 'skip', to: open.step.skip });
}

/** Words told before the question came: let them stand, or take them out. */
function keepOrDrop(work: Work, command: 'keep' | 'drop'): void {
  const { at } = work.state;
  const open = openQuestion(work);
  const text = open?.step.text;
  if (!at || !open || (!text && !open.step.several)) {
    staleChoice(work);
    return;
  }
  if (!hasTold(work, open.step)) {
    skip(work);
    return;
  }
  if (command === 'keep') {
    goOn(work, open.flow, open.step, { way: 'input' });
    return;
  }
  if (!text) {
    staleChoice(work);
    return;
  }
  at.answers.delete(text.save);
  askQuestion(work);
}
