import type { Voice } from '../texts/texts.js';
import type { DangerKind } from '../understanding/understanding.js';
import type { AnswerValue } from './answer-value.js';
import { Answers } from './answers.js';
import type { Talk } from './talk.js';
import { type Return, type Spot, wayOf } from './way-back.js';

/** Raise it when the shape below changes, and write in `FORMAT_MOVES` how a talk of the old shape moves on. */
export const TALK_FORMAT = 5;

/** After this silence the talk begins fresh and shows nothing of before: the phone may be in other hands. */
export const SILENCE_MS = 30 * 60 * 1000;

/** Where in which flow the person is. */
export interface Position {
  flow: string;
  version: number;
  step: string;
  /** The flows that wait for this one to end, outermost first. */
  calls?: readonly Return[];
  /** The questions passed, for the way back: see way-back.ts. */
  path: string;
  answers: Answers;
  urgent?: boolean;
  /** That they were told what happens after a silence in danger. */
  warned?: true;
  /** Step to return to after the next answer. */
  returnTo?: string;
  /** Places to choose from, as code and name. */
  places?: [string, string][];
  /** Words of a pin on the map, until the question for the place is answered. */
  pinned?: string;
  mailbox?: string;
  /** Last four digits of the code just said, until it is seen that it was written down. */
  proof?: string;
  /** The call step that waits for its outcome. */
  waiting?: string;
  /** That this call was made after the silence: nobody may be told what comes of it. */
  asleep?: true;
}

/** What the engine remembers of a talk. Never the code, and the person's words only until they are sent. */
export interface TalkState extends Talk {
  format: typeof TALK_FORMAT;
  lastHeard: number;
  voice?: Voice;
  /** That the person chose how we speak: only an age they tell changes it. */
  voiceChosen?: true;
  /** The age they told of themselves. */
  age?: number;
  /** How often in a row we did not understand. */
  unclear?: number;
  /** Ids of the choices shown last: see shown.ts. */
  shown?: string;
  danger?: DangerKind;
  /** Key of the card shown last. */
  lastCard?: string;
  /** That danger is now: a report begun in this talk is urgent. */
  pressing?: true;
  /** What the person told outside a flow, so that they need not tell it twice. */
  heard?: string;
  /** Ids of the files that wait to go with a report or a message. */
  evidence?: string[];
  /** How often a story was offered to be sent, for saying it in other words. */
  invited?: number;
  /** What was just asked in words: a flow, begun by "yes", or after the card whether they are safe. */
  offered?: string;
  /** A question to which only near answers could be offered, scrubbed; it counts as unknown when none is taken. */
  asked?: string;
  /** Id of the answer said last, for "repeat". */
  lastAnswer?: string;
  /** That we said once, into the silence, that we are still there. */
  nudged?: true;
  at?: Position;
}

/** Value of `offered` after an emergency card, which may have asked "are you safe?". */
export const SAFETY = '?safe';

/**
 * A position as it is saved. A talk is read and written at every message, and the names of what every position has cost more
 * than what stands under them: so it is a list. Few positions have details; after them come the answers: their names, then their values.
 */
type SavedPosition = readonly [
  flow: string,
  version: number,
  step: string,
  path: string,
  details: PositionDetails | null,
  names: string,
  ...values: AnswerValue[],
];
/** Where in the list the values of the answers begin. */
const FIRST_VALUE = 6;
type PositionDetails = Omit<Position, 'flow' | 'version' | 'step' | 'path' | 'answers'>;

export const freshTalk = (now: number): TalkState => ({ format: TALK_FORMAT, lastHeard: now });

/**
 * From each older format to the next. Format 1 kept the page of the choices shown; there are no pages any more. Format 2 kept
 * the way back and the choices shown as lists, the labels too. Format 3 named every part of the position. In format 4
 * each value came after its name.
 */
const FORMAT_MOVES: Readonly<Record<number, (talk: Talk) => Talk>> = {
  1: (talk) => {
    const { page: _, ...at } = (talk.at ?? {}) as Record<string, unknown>;
    return { ...talk, format: 2, ...(talk.at === undefined ? {} : { at }) };
  },
  2: (talk) => {
    const { at, shown, ...rest } = talk as Talk & { at?: object; shown?: [string, string][] };
    const path = wayOf((at as { path?: (string | Spot)[] } | undefined)?.path ?? []);
    return {
      ...rest,
      format: 3,
      ...(at ? { at: { ...at, path } } : {}),
      ...(shown ? { shown: shown.map(([id]) => id).join(' ') } : {}),
    };
  },
  3: (talk) => {
    const { at } = talk as {
      at?: Omit<Position, 'answers'> & { answers: Readonly<Record<string, AnswerValue>> };
    };
    if (at === undefined) return { ...talk, format: 4 };
    const { flow, version, step, path, answers, ...details } = at;
    const some = Object.keys(details).length === 0 ? null : details;
    return { ...talk, format: 4, at: [flow, version, step, path, some, ...Object.entries(answers).flat()] };
  },
  4: (talk) => {
    const { at } = talk as { at?: PositionOfFormat4 };
    if (at === undefined) return { ...talk, format: 5 };
    const [flow, version, step, path, details, ...rest] = at;
    const answers = new Answers();
    for (let place = 0; place < rest.length; place += 2)
      answers.set(rest[place] as string, rest[place + 1] as AnswerValue);
    return { ...talk, format: 5, at: savedPosition({ flow, version, step, path, answers, ...details }) };
  },
};
type PositionOfFormat4 = readonly [
  flow: string,
  version: number,
  step: string,
  path: string,
  details: PositionDetails | null,
  ...answers: (string | AnswerValue)[],
];

/**
 * A copy of the talk that a step may change, and whether it goes on: `false` for a new person, after the silence
 * and for a talk of a format that we do not know.
 */
export function openTalk(talk: Talk | undefined, now: number): { state: TalkState; goesOn: boolean } {
  if (talk === undefined || now - talk.lastHeard > SILENCE_MS)
    return { state: freshTalk(now), goesOn: false };
  const state = copyTalk(talk);
  if (!state) return { state: freshTalk(now), goesOn: false };
  state.lastHeard = now;
  if (state.nudged) delete state.nudged;
  return { state, goesOn: true };
}

/** A copy of the talk in the format of today; undefined when it cannot be read. */
export function copyTalk(talk: Talk): TalkState | undefined {
  const moved = talk.format === TALK_FORMAT ? talk : moveTalk(talk);
  if (moved === undefined) return undefined;
  const { at } = moved as { at?: SavedPosition };
  return (at === undefined ? { ...moved } : { ...moved, at: openPosition(at) }) as TalkState;
}

function moveTalk(talk: Talk): Talk | undefined {
  let moved = talk;
  for (let move = FORMAT_MOVES[moved.format]; move; move = FORMAT_MOVES[moved.format]) moved = move(moved);
  return moved.format === TALK_FORMAT ? moved : undefined;
}

function openPosition(saved: SavedPosition): Position {
  const [flow, version, step, path, details, names] = saved;
  const answers = new Answers(names, saved.slice(FIRST_VALUE) as AnswerValue[]);
  const at: Position = { flow, version, step, path, answers };
  return details === null ? at : { ...at, ...details };
}

/** The talk as it is saved; `copyTalk` reads it. Written into the state itself, as the step is over. */
export function savedTalk(state: TalkState): Talk {
  const { at } = state;
  if (at !== undefined) (state as { at?: Position | SavedPosition }).at = savedPosition(at);
  return state;
}

function savedPosition(at: Position): SavedPosition {
  const { flow, version, step, path, answers } = at;
  return [flow, version, step, path, detailsOf(at), answers.names, ...answers.values];
}

/** How many parts every position has. */
const PARTS = 5;

function detailsOf(at: Position): PositionDetails | null {
  let parts = 0;
  for (const _ in at) parts += 1;
  // Nearly always there are none, and to take a position apart is slow.
  if (parts === PARTS) return null;
  const { flow: _flow, version: _version, step: _step, path: _path, answers: _answers, ...details } = at;
  return details;
}
