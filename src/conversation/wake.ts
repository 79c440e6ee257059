import type { House } from './house.js';
import { callOf, openQuestion } from './run-flow.js';
import type { StepContext, StepResult, Talk } from './talk.js';
import { copyTalk, emptyTalk, lastHeardOf, SILENCE_MS, savedTalk, type TalkState } from './talk-state.js';
import { send, startWork, type Work, words } from './work.js';

const MINUTE = 60_000;
/** Minutes of silence at a question until we say once that we are still there. */
const PATIENCE = 10;

/** When a talk is to be woken next, milliseconds since 1970: at the end of our patience, then when it falls asleep. */
export function wakeAtOf(work: Work): number | undefined {
  const { state } = work;
  const open = openQuestion(work);
  if (open && !state.nudged) return state.lastHeard + (open.step.patience ?? PATIENCE) * MINUTE;
  const holdsWords = state.heard !== undefined || state.evidence !== undefined || state.danger !== undefined;
  return open || holdsWords ? state.lastHeard + SILENCE_MS : undefined;
}

/**
 * The clock has rung for a talk in which nobody wrote. Once, a neutral line; after the silence the talk falls asleep and
 * keeps nothing, and what was told in danger is sent as it is when its flow says so. Rung too early or twice it does nothing.
 */
export function wakeTalk(house: House, talk: Talk, context: StepContext): StepResult {
  const state = copyTalk(talk);
  const silent = context.now - lastHeardOf(talk);
  if (!state) return { talk: emptyTalk(lastHeardOf(talk)), outgoing: [] };
  const work = startWork(house, context, state);
  if (silent >= SILENCE_MS) return fallAsleep(work);
  const wakeAt = wakeAtOf(work);
  if (wakeAt === undefined || state.nudged || context.now < wakeAt) {
    return { talk: savedTalk(state), outgoing: [], ...(wakeAt === undefined ? {} : { wakeAt }) };
  }
  state.nudged = true;
  send(work, words(work, 'conversation.still_there'));
  return { talk: savedTalk(state), outgoing: work.out, wakeAt: state.lastHeard + SILENCE_MS };
}

function fallAsleep(work: Work): StepResult {
  const { state } = work;
  const open = openQuestion(work);
  const send = open?.flow.silence?.send;
  const step = send === undefined ? undefined : open?.flow.steps.get(send);
  if (!state.at?.urgent || !hasSomethingToSend(state) || send === undefined || step?.kindOf !== 'call') {
    return { talk: emptyTalk(state.lastHeard), outgoing: [] };
  }
  // Nobody is told the code; what may be sent back was not chosen, so nothing is.
  state.at.answers.delete('contact_wish');
  const call = callOf(work, step, state.at);
  state.at.waiting = send;
  state.at.asleep = true;
  return { talk: savedTalk(state), outgoing: [], call };
}

/** "Are you safe?" alone is no report. */
function hasSomethingToSend({ at, evidence }: TalkState): boolean {
  const told = Object.keys(at?.answers.all() ?? {}).filter((name) => name !== 'safe');
  return told.length > 0 || evidence !== undefined;
}
