import { countWords } from './plain-words.js';
import type { TalkState } from './talk-state.js';

/** A longer message says by itself what it says. */
const MOST_WORDS = 8;
/** Half of a reporter's code, or a telephone number, is never kept in a talk. */
const MOST_DIGITS = 4;
/** Whoever pauses longer begins something new, milliseconds. */
const WITHIN = 2 * 60 * 1000;
/** So much of what was typed before is read again, in characters. */
const MOST_KEPT = 200;

/** A message read as one sentence with what was typed just before it. */
export interface Together {
  readonly text: string;
  /** The part that was typed before. */
  readonly before: string;
  /** What was typed before was a question by itself, and answered: danger is told in many messages, another question is another one. */
  readonly wasAnswered: boolean;
}

/** A message as it was typed, and as plain words. */
export interface Typed {
  readonly text: string;
  readonly plain: string;
}

/**
 * Many people type one sentence in several messages: "con bị" · "chú bên nhà" · "sờ vào người". Takes what was typed
 * just before out of the talk.
 * @param silence since the message before, in milliseconds
 * @returns undefined when the message stands by itself
 */
export function withPieces(state: TalkState, typed: Typed, silence: number): Together | undefined {
  const { pieces, answered } = state;
  forgetPieces(state);
  if (pieces === undefined || typed.text === '' || silence > WITHIN || !isPiece(typed)) return undefined;
  return { text: `${pieces} ${typed.text.trim()}`, before: pieces, wasAnswered: answered === true };
}

/** Remembers a message that may be a piece of a sentence, after the pieces before it, until the next message. */
export function keepPiece(state: TalkState, typed: Typed, together: Together | undefined): void {
  if (isPiece(typed)) state.pieces = (together?.text ?? typed.text).trim().slice(-MOST_KEPT);
}

/** What comes next stands by itself. */
export function forgetPieces(state: TalkState): void {
  delete state.pieces;
  delete state.answered;
}

const isPiece = ({ text, plain }: Typed): boolean =>
  countWords(plain) <= MOST_WORDS && text.replace(/\D/g, '').length <= MOST_DIGITS;
