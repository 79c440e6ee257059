import { sendAnswer } from './answer-message.js';
import { greet } from './begin.js';
import { hasTold, menuChoices } from './choices.js';
import type { Command } from './commands.js';
import { keepPlaceWords, leavePlaceOut } from './place-step.js';
import { notUnderstood, sayAndWait, staleChoice } from './repair.js';
import { askQuestion, goOn, openQuestion, runFrom, startFlow } from './run-flow.js';
import { freshTalk } from './talk-state.js';
import { say, type Work } from './work.js';

/** Does what works at every step. */
export function doCommand(work: Work, command: Command | 'keep_place'): void {
  const open = openQuestion(work);
  const { at } = work.state;
  switch (command) {
    case 'forget':
      work.state = freshTalk(work.context.now);
      work.forget = true;
      say(work, 'repair.forgotten');
      return;
    case 'restart':
      greet(work);
      return;
    case 'cancel': {
      const { heard, evidence } = work.state;
      const hadSomething = open !== undefined || heard !== undefined || evidence !== undefined;
      delete work.state.at;
      delete work.state.heard;
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
      sayAndWait(work, open ? 'repair.help_in_flow' : 'repair.help');
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
      if (!open?.step.place || !at?.answers[`${open.step.place.save}_words`]) {
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

function goBack(work: Work): void {
  const { at } = work.state;
  const open = openQuestion(work);
  if (!at || !open) {
    sayAndWait(work, 'repair.help');
    return;
  }
  const hadPlaces = at.places !== undefined;
  delete at.places;
  delete at.returnTo;
  delete work.state.unclear;
  const previous = hadPlaces ? at.step : at.path.pop();
  if (previous === undefined) {
    delete work.state.at;
    say(work, 'repair.at_the_start', { choices: menuChoices(work) });
    return;
  }
  at.step = previous;
  askQuestion(work);
}

function skip(work: Work): void {
  const { at } = work.state;
  const open = openQuestion(work);
  if (!at || !open) {
    notUnderstood(work);
    return;
  }
  if (open.step.skip === undefined) {
    sayAndWait(work, 'repair.needed');
    return;
  }
  const { save, place } = open.step;
  if (save !== undefined) delete at.answers[save];
  if (place) leavePlaceOut(at, place.save);
  goOn(work, open.flow, open.step.skip);
}

/** Words told before the question came: let them stand, or take them out. */
function keepOrDrop(work: Work, command: 'keep' | 'drop'): void {
  const { at } = work.state;
  const open = openQuestion(work);
  const text = open?.step.text;
  if (at && open && text && !hasTold(work, open.step)) {
    skip(work);
    return;
  }
  if (!at || !open || !text) {
    staleChoice(work);
    return;
  }
  if (command === 'keep') {
    goOn(work, open.flow, open.step.next);
    return;
  }
  delete at.answers[text.save];
  askQuestion(work);
}
