import { countWords, plainWords } from './plain-words.js';
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
  /** What was typed before was a question by itself, and answered: danger is told in many messages, another question is another one. */
  readonly wasAnswered: boolean;
}

/**
 * Many people type one sentence in several messages: "con bị" · "chú bên nhà" · "sờ vào người". Takes what was typed
 * just before out of the talk.
 * @param silence since the message before, in milliseconds
 * @returns undefined when the message stands by itself
 */
export function withPieces(state: TalkState, text: string, silence: number): Together | undefined {
  const { pieces, answered } = state;
  delete state.pieces;
  delete state.answered;
  if (pieces === undefined || text === '' || silence > WITHIN || !isPiece(text)) return undefined;
  return { text: `${pieces} ${text.trim()}`, wasAnswered: answered === true };
}

/** Remembers a message that may be a piece of a sentence, after the pieces before it, until the next message. */
export function keepPiece(state: TalkState, text: string, together: Together | undefined): void {
  if (isPiece(text)) state.pieces = (together?.text ?? text).trim().slice(-MOST_KEPT);
}

const isPiece = (text: string): boolean =>
  countWords(plainWords(text)) <= MOST_WORDS && text.replace(/\D/g, '').length <= MOST_DIGITS;
