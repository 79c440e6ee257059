import { Answers } from './answers.js';
import { beginFromPoster, forget, greet } from './begin.js';
import { menuChoices } from './choices.js';
import { sendCard } from './danger-card.js';
import { dangerInTalk } from './danger-in-talk.js';
import { hearChoice, hearText } from './hear.js';
import { hearLocation } from './hear-location.js';
import { hearMedia } from './hear-media.js';
import { hearEdited, hearOther } from './hear-other.js';
import { buildHouse, type EngineParts, type House } from './house.js';
import type { IncomingContent } from './message.js';
import { moveToCurrent } from './moves.js';
import { noteOffice } from './note-office.js';
import { forgetPieces, withPieces } from './pieces.js';
import { plainWords } from './plain-words.js';
import { staleChoice } from './repair.js';
import { proofOf } from './reporter-code.js';
import { openIn, openQuestion, runFrom } from './run-flow.js';
import { keepShown } from './shown.js';
import type { CallOutcome, Engine, StepContext, StepResult, Talk } from './talk.js';
import { copyTalk, emptyTalk, freshTalk, openTalk, savedTalk } from './talk-state.js';
import { wakeAtOf, wakeTalk } from './wake.js';
import { say, startWork, type Work } from './work.js';

export type { EngineParts } from './house.js';

/** The pure conversation engine over these flows and texts. Everything is made ready here, once. */
export function createEngine(parts: EngineParts): Engine {
  const house = buildHouse(parts);
  return {
    step: (talk, incoming, context) => step(house, talk, incoming, context),
    resume: (talk, outcome, context) => resume(house, talk, outcome, context),
    wake: (talk, context) => wakeTalk(house, talk, context),
    withoutStore(context) {
      const work = startWork(house, context, freshTalk(context.now));
      if (context.danger) sendCard(work, context.danger);
      else say(work, 'conversation.no_store');
      return work.out;
    },
  };
}

function step(
  house: House,
  talk: Talk | undefined,
  incoming: IncomingContent,
  context: StepContext,
): StepResult {
  const { state, goesOn, silence } = openTalk(talk, context.now);
  const words = 'text' in incoming ? (incoming.text ?? '') : '';
  const typed = { text: words, plain: plainWords(words) };
  const together = withPieces(state, typed, silence);
  const { danger, inPieces } = dangerInTalk(house, state, context.danger, typed, together);
  const asHeard = danger === context.danger ? context : { ...context, danger };
  const work = startWork(house, asHeard, state, together);
  const moved = leaveWhatNoLongerFits(work);
  if (incoming.kind === 'start') {
    // Opened anew, perhaps by somebody else: not even how we spoke before is shown.
    delete work.state.voice;
    if (incoming.parameter === undefined) greet(work);
    else beginFromPoster(work, incoming.parameter);
    return finish(work);
  }
  // A cry in pieces is heard whole; in a flow the pieces before were kept with what it collects.
  const isWhole = inPieces && together !== undefined && !openQuestion(work);
  const heard = isWhole && 'text' in incoming ? { ...incoming, text: together.text } : incoming;
  const text = 'text' in heard ? heard.text : undefined;
  const plain = isWhole ? plainWords(together.text) : typed.plain;
  if (text !== undefined) inferVoice(work, text, plain);
  if (danger) sendCard(work, danger, text, plain);
  if (danger && inPieces) state.inPieces = true;
  if (text !== undefined) noteOffice(work, plain);
  if (moved) say(work, 'repair.changed');
  hear(work, heard, plain, goesOn, moved);
  return finish(work);
}

function hear(
  work: Work,
  incoming: Exclude<IncomingContent, { readonly kind: 'start' }>,
  plain: string,
  goesOn: boolean,
  moved: boolean,
): void {
  switch (incoming.kind) {
    case 'text':
      if (isNothing(incoming.text) && !goesOn) greet(work);
      else hearText(work, incoming.text, plain);
      return;
    case 'choice':
      if (goesOn && !moved) hearChoice(work, incoming.id);
      else if (isWayIn(incoming.id)) hearChoice(work, incoming.id);
      else if (moved) staleChoice(work);
      else say(work, 'repair.fresh', { choices: menuChoices(work) });
      return;
    case 'media':
      hearMedia(work, incoming.media, incoming.text);
      return;
    case 'location':
      hearLocation(work, incoming.latitude, incoming.longitude);
      return;
    case 'edited':
      hearEdited(work);
      return;
    case 'other':
      hearOther(work, incoming.what);
      return;
  }
}

const isNothing = (text: string) => text.trim() === '';
/** Choices that mean the same whatever went before, so that an old button of theirs still works. */
const WAYS_IN: ReadonlySet<string> = new Set(['person', 'restart', 'help', 'forget']);
const isWayIn = (id: string) => id.startsWith('flow:') || WAYS_IN.has(id);

/** How the person calls themselves decides the words of everything that follows, the card too. */
function inferVoice(work: Work, text: string, plain: string): void {
  const { voiceWords } = work.house;
  if (!voiceWords.tells(plain)) return;
  const age = voiceWords.ownAge(text, plain, work.state.voice, work.state.at !== undefined);
  if (age !== undefined) work.state.age = age;
  if (work.state.voiceChosen && age === undefined) return;
  const voice = voiceWords.infer(text, plain, work.state.voice, age);
  if (voice) work.state.voice = voice;
}

/** A flow that was changed or taken away since, or a call whose outcome never came: true when the talk had to leave it. */
function leaveWhatNoLongerFits(work: Work): boolean {
  const { at } = work.state;
  if (!at) return false;
  const flow = work.house.byName.get(at.flow);
  if (at.waiting !== undefined) delete at.waiting;
  const callersAreSame =
    at.calls === undefined ||
    at.calls.every((back) => work.house.byName.get(back.flow)?.version === back.version);
  if (flow && callersAreSame && moveToCurrent(at, flow) && openIn(work, flow, at.step)) return false;
  delete work.state.at;
  return true;
}

function resume(house: House, talk: Talk, outcome: CallOutcome, context: StepContext): StepResult {
  const state = copyTalk(talk) ?? freshTalk(context.now);
  // What is sent lies in no talk any more.
  forgetPieces(state);
  const work = startWork(house, context, state);
  const { at } = state;
  const flow = at && house.byName.get(at.flow);
  const waiting = at?.waiting === undefined ? undefined : flow?.steps.get(at.waiting);
  if (!at || !flow || waiting?.kindOf !== 'call' || waiting.call !== outcome.action) {
    delete state.at;
    say(work, 'repair.changed');
    return finish(work);
  }
  const waitingAt = at.waiting ?? '';
  if (at.asleep) return { talk: emptyTalk(state.lastHeard), outgoing: [] };
  delete at.waiting;
  takeOutcome(work, outcome);
  const result = resultOf(outcome);
  house.trace?.(flow.name, waitingAt, result);
  const next = (waiting.outcomes as Readonly<Record<string, string>>)[result];
  runFrom(work, flow, next ?? 'end');
  return finish(work);
}

/** A mailbox whose case has ended opens like any other, and leads elsewhere. */
function resultOf(outcome: CallOutcome): string {
  const ended = outcome.action === 'open_mailbox' && outcome.result === 'ok' && outcome.state === 'closed';
  return ended ? 'closed' : outcome.result;
}

/** What was sent leaves the talk; what came back lives for this step, the mailbox as long as the flow. */
function takeOutcome(work: Work, outcome: CallOutcome): void {
  const { state } = work;
  if (!state.at) return;
  if (outcome.action === 'submit_report') {
    state.at.answers = new Answers();
    state.at.path = '';
    delete state.at.urgent;
    delete state.heard;
    delete state.evidence;
    delete state.danger;
    delete state.ofAnother;
    delete state.special;
    delete state.inPieces;
    delete state.office;
    delete state.pressing;
    work.passing.code = outcome.code;
    state.at.proof = proofOf(outcome.code);
  } else if (outcome.action === 'change_mailbox') {
    state.at.path = '';
    if (outcome.code !== undefined) work.passing.code = outcome.code;
  } else if (outcome.action === 'open_mailbox') {
    state.at.path = '';
    if (outcome.result !== 'ok') return;
    state.at.mailbox = outcome.mailbox;
    work.passing.state = outcome.state;
    work.replies = outcome.replies.map((reply) => reply.text);
  } else {
    // Also what was not taken for the two numbers in it: these must not lie in the talk.
    state.at.answers = new Answers();
    state.at.path = '';
    if (outcome.filesLeftOut !== undefined) say(work, 'media.case_full');
    // What a closed case no longer takes waits on, for a new report.
    if (outcome.result === 'ok') delete state.evidence;
  }
}

/** Nobody is left without a way on: a free talk ends with the menu, and what was shown can be named in words. */
function finish(work: Work): StepResult {
  if (work.after === 'forget') forget(work);
  else if (work.after === 'restart') greet(work);
  const { state, out, call } = work;
  const last = out.at(-1);
  if (last && !state.at && !call && !work.forget && last.choices.length === 0) {
    out[out.length - 1] = { ...last, choices: menuChoices(work) };
  }
  const choices = last?.choices.length
    ? last.choices
    : out.findLast((message) => message.choices.length > 0)?.choices;
  if (choices) keepShown(work, choices);
  const wakeAt = work.forget ? undefined : wakeAtOf(work);
  const talk = savedTalk(state);
  return {
    talk,
    outgoing: out,
    ...(wakeAt === undefined ? {} : { wakeAt }),
    ...(call === undefined ? {} : { call }),
    ...(work.card === undefined ? {} : { card: work.card }),
    ...(work.unanswered.length === 0 ? {} : { unanswered: work.unanswered }),
    ...(work.forget === undefined ? {} : { forget: work.forget }),
  };
}
