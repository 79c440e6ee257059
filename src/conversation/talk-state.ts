import type { Voice } from '../texts/texts.js';
import type { DangerKind } from '../understanding/understanding.js';
import type { Talk } from './talk.js';

/** Raise it when the shape below changes; older talks then begin fresh. */
export const TALK_FORMAT = 1;

/**
 * After this silence the talk begins fresh and shows nothing of before: the phone may be in other hands. A report half told
 * in danger is dropped with it; sending it on by itself needs a clock outside the engine.
 */
export const SILENCE_MS = 30 * 60 * 1000;

/** Where in which flow the person is. */
export interface Position {
  flow: string;
  version: number;
  step: string;
  /** The questions passed, for the way back. */
  path: string[];
  answers: Record<string, string>;
  urgent?: boolean;
  /** Step to return to after the next answer. */
  returnTo?: string;
  /** Places to choose from, as code and name. */
  places?: [string, string][];
  /** Words of a pin on the map, until the question for the place is answered. */
  pinned?: string;
  mailbox?: string;
  /** The call step that waits for its outcome. */
  waiting?: string;
}

/** What the engine remembers of a talk. Never the code, and the person's words only until they are sent. */
export interface TalkState extends Talk {
  format: typeof TALK_FORMAT;
  lastHeard: number;
  voice?: Voice;
  /** How often in a row we did not understand. */
  unclear?: number;
  /** Id and label of the choices shown last, so that "2" or the label in words picks one. */
  shown?: [string, string][];
  danger?: DangerKind;
  /** Key of the card shown last. */
  lastCard?: string;
  /** That danger is now: a report begun in this talk is urgent. */
  pressing?: true;
  /** What the person told outside a flow, so that they need not tell it twice. */
  heard?: string;
  /** Ids of the files that wait to go with a report or a message. */
  evidence?: string[];
  /** What was just asked in words: a flow, begun by "yes", or after the card whether they are safe. */
  offered?: string;
  /** Id of the answer said last, for "repeat". */
  lastAnswer?: string;
  at?: Position;
}

/** Value of `offered` after an emergency card, which may have asked "are you safe?". */
export const SAFETY = '?safe';

export const freshTalk = (now: number): TalkState => ({ format: TALK_FORMAT, lastHeard: now });

/**
 * A copy of the talk that this step may change, and whether it goes on: `false` for a new person, after the silence
 * and for a talk of an older format.
 */
export function openTalk(talk: Talk | undefined, now: number): { state: TalkState; goesOn: boolean } {
  if (!talk || talk.format !== TALK_FORMAT || now - talk.lastHeard > SILENCE_MS) {
    return { state: freshTalk(now), goesOn: false };
  }
  const state = { ...talk, lastHeard: now } as TalkState;
  if (state.at) state.at = { ...state.at, path: [...state.at.path], answers: { ...state.at.answers } };
  return { state, goesOn: true };
}
