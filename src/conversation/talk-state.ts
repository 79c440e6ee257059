import type { Voice } from '../texts/texts.js';
import type { DangerKind } from '../understanding/understanding.js';
import type { AnswerValue } from './answer-value.js';
import { Answers } from './answers.js';
import type { SpecialCard } from './special-cards.js';
import type { NamedTalk, Talk } from './talk.js';
import { type Return, type Spot, wayOf } from './way-back.js';

/** Raise it when the shape below changes, and write in `FORMAT_MOVES` how a talk of the old shape moves on. */
export const TALK_FORMAT = 6;

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
export interface TalkState {
  /** When the person last wrote, milliseconds since 1970. */
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
  /** That it befalls somebody else than the one who writes. */
  ofAnother?: true;
  /** Only a sentence in pieces told of it so far: the next piece may tell what it is. */
  inPieces?: true;
  /** What was told last needs a card, and a next thing to do, of its own. */
  special?: SpecialCard;
  /** Key of the card shown last. */
  lastCard?: string;
  /** Where the accused person works, told outside the question for it: that office gets no report of this talk. */
  office?: string;
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
  /** What was typed just before and may be the beginning of a sentence: see pieces.ts. */
  pieces?: string;
  /** That those were answered, or near answers offered to them. */
  answered?: true;
  /** That we said once, into the silence, that we are still there. */
  nudged?: true;
  at?: Position;
}

/** Value of `offered` after an emergency card, which may have asked "are you safe?". */
export const SAFETY = '?safe';

/**
 * A talk as it is saved. It is read and written at every message, and the names of what every talk has cost more than what
 * stands under them: so it is a list. Few talks have more than this, few positions details; after them come the answers:
 * their names, then their values.
 */
type SavedTalk = readonly [...SavedHead] | SavedInFlow;
type SavedInFlow = readonly [...SavedHead, ...SavedPosition];
type SavedHead = readonly [
  format: typeof TALK_FORMAT,
  lastHeard: number,
  voice: Voice | null,
  shown: string | null,
  more: More | null,
];
type More = Omit<TalkState, 'lastHeard' | 'voice' | 'shown' | 'at'>;
type SavedPosition = readonly [
  flow: string,
  version: number,
  step: string,
  path: string,
  details: PositionDetails | null,
  names: string,
  ...values: AnswerValue[],
];
/** Where in the list the position and the values of the answers begin. */
const FIRST_OF_POSITION = 5;
const FIRST_VALUE = 11;
type PositionDetails = Omit<Position, 'flow' | 'version' | 'step' | 'path' | 'answers'>;

export const freshTalk = (now: number): TalkState => ({ lastHeard: now });

/** A talk in which nothing is kept, as it is saved. */
export const emptyTalk = (now: number): Talk => savedTalk(freshTalk(now));

/** When the person last wrote, whatever the format; 0 when it cannot be told. */
export function lastHeardOf(talk: Talk): number {
  const heard = isNamed(talk) ? talk.lastHeard : talk[1];
  return typeof heard === 'number' ? heard : 0;
}

const isNamed = (talk: Talk): talk is NamedTalk => !Array.isArray(talk);

/**
 * From each older format to the next. Format 1 kept the page of the choices shown; there are no pages any more. Format 2 kept
 * the way back and the choices shown as lists, the labels too. Format 3 named every part of the position. In format 4
 * each value came after its name. Format 5 named every part of the talk.
 */
const FORMAT_MOVES: Readonly<Record<number, (talk: NamedTalk) => Talk>> = {
  1: (talk) => {
    const { page: _, ...at } = (talk.at ?? {}) as Record<string, unknown>;
    return { ...talk, format: 2, ...(talk.at === undefined ? {} : { at }) };
  },
  2: (talk) => {
    const { at, shown, ...rest } = talk as NamedTalk & { at?: object; shown?: [string, string][] };
    const path = wayOf((at as { path?: (string | Spot)[] } | undefined)?.path ?? []);
    return {
      ...rest,
      format: 3,
      ...(at ? { at: { ...at, path } } : {}),
      ...(shown ? { shown: shown.map(([id]) => id).join(' ') } : {}),
    };
  },
  3: (talk) => {
    const { at } = talk as NamedTalk & {
      at?: Omit<Position, 'answers'> & { answers: Readonly<Record<string, AnswerValue>> };
    };
    if (at === undefined) return { ...talk, format: 4 };
    const { flow, version, step, path, answers, ...details } = at;
    const some = Object.keys(details).length === 0 ? null : details;
    return { ...talk, format: 4, at: [flow, version, step, path, some, ...Object.entries(answers).flat()] };
  },
  4: (talk) => {
    const { at } = talk as NamedTalk & { at?: PositionOfFormat4 };
    if (at === undefined) return { ...talk, format: 5 };
    const [flow, version, step, path, details, ...rest] = at;
    const answers = new Answers();
    for (let place = 0; place < rest.length; place += 2)
      answers.set(rest[place] as string, rest[place + 1] as AnswerValue);
    return { ...talk, format: 5, at: [flow, version, step, path, details, answers.names, ...answers.values] };
  },
  5: (talk) => {
    const {
      format: _,
      at = [],
      lastHeard,
      voice,
      shown,
      ...more
    } = talk as NamedTalk & {
      at?: SavedPosition;
      voice?: Voice;
      shown?: string;
    };
    const some = Object.keys(more).length === 0 ? null : more;
    return [6, lastHeard, voice ?? null, shown ?? null, some, ...at];
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

/** A talk that a step may change. */
export interface OpenedTalk {
  readonly state: TalkState;
  /** `false` for a new person, after the silence, and for a talk of a format that we do not know. */
  readonly goesOn: boolean;
  /** Since the person wrote before, in milliseconds. */
  readonly silence: number;
}

/** A copy of the talk that a step may change. */
export function openTalk(talk: Talk | undefined, now: number): OpenedTalk {
  const silence = talk === undefined ? Number.POSITIVE_INFINITY : now - lastHeardOf(talk);
  const state = talk === undefined || silence > SILENCE_MS ? undefined : copyTalk(talk);
  if (!state) return { state: freshTalk(now), goesOn: false, silence };
  state.lastHeard = now;
  if (state.nudged) delete state.nudged;
  return { state, goesOn: true, silence };
}

/** A copy of the talk, to be changed; undefined when it cannot be read. */
export function copyTalk(talk: Talk): TalkState | undefined {
  const saved = isNamed(talk) || talk[0] !== TALK_FORMAT ? moveTalk(talk) : (talk as SavedTalk);
  if (saved === undefined) return undefined;
  const [, lastHeard, voice, shown, more] = saved;
  const state: TalkState = { lastHeard };
  if (voice !== null) state.voice = voice;
  if (shown !== null) state.shown = shown;
  if (isInFlow(saved)) state.at = openPosition(saved);
  return more === null ? state : Object.assign(state, more);
}

function moveTalk(talk: Talk): SavedTalk | undefined {
  let moved = talk;
  while (isNamed(moved)) {
    const move = FORMAT_MOVES[moved.format];
    if (move === undefined) return undefined;
    moved = move(moved);
  }
  return moved[0] === TALK_FORMAT ? (moved as SavedTalk) : undefined;
}

const isInFlow = (saved: SavedTalk): saved is SavedInFlow => saved.length > FIRST_OF_POSITION;

function openPosition(saved: SavedInFlow): Position {
  const [, , , , , flow, version, step, path, details, names] = saved;
  const answers = new Answers(names, saved.slice(FIRST_VALUE) as AnswerValue[]);
  const at: Position = { flow, version, step, path, answers };
  return details === null ? at : { ...at, ...details };
}

/** The talk as it is saved; `copyTalk` reads it. */
export function savedTalk(state: TalkState): SavedTalk {
  const { lastHeard, voice = null, shown = null, at } = state;
  if (at === undefined) return [TALK_FORMAT, lastHeard, voice, shown, moreOf(state)];
  const { flow, version, step, path, answers } = at;
  return [
    TALK_FORMAT,
    lastHeard,
    voice,
    shown,
    moreOf(state),
    flow,
    version,
    step,
    path,
    detailsOf(at),
    answers.names,
    ...answers.values,
  ];
}

/** What few talks have; null when there is none, as nearly always, because to take a talk apart is slow. */
function moreOf(state: TalkState): More | null {
  let parts = -1;
  for (const _ in state) parts += 1;
  if (state.voice !== undefined) parts -= 1;
  if (state.shown !== undefined) parts -= 1;
  if (state.at !== undefined) parts -= 1;
  if (parts === 0) return null;
  const { lastHeard: _heard, voice: _voice, shown: _shown, at: _at, ...more } = state;
  return more;
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
