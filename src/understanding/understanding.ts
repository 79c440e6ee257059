import type { Answer, Topic } from './answer.js';
import type { Language } from './language.js';

/** Danger kinds and levels: fixed, other programs rely on them (DESIGN section 9). */
export const DANGER_KINDS = [
  'suicide',
  'self_harm',
  'violence',
  'sexual_abuse',
  'abduction',
  'runaway',
  'serious_injury',
  'poison_overdose',
  'acute_neglect',
  'online_blackmail',
] as const;
export type DangerKind = (typeof DANGER_KINDS)[number];

/** `explicit` said of oneself in plain words · `implicit` hinted at · `third_party` about somebody else. */
export const DANGER_LEVELS = ['explicit', 'implicit', 'third_party'] as const;
export type DangerLevel = (typeof DANGER_LEVELS)[number];

export interface Danger {
  readonly kind: DangerKind;
  readonly level: DangerLevel;
  /** Whether it goes on now or is told of the past; when in doubt, `now`. */
  readonly when: 'now' | 'past';
}

export interface RankedAnswer {
  readonly answer: Answer;
  /** Calibrated, 0 to 1: about how often an answer with this score is the right one. */
  readonly score: number;
}

/**
 * `answer` the first is good enough to say · `suggest` offer the first few by title · `smalltalk` say `smalltalk` ·
 * `unknown` say that we do not know and offer a person. "I don't know" is an answer.
 */
export type Found = (
  | { readonly outcome: 'answer' | 'suggest'; readonly answers: readonly [RankedAnswer, ...RankedAnswer[]] }
  | { readonly outcome: 'smalltalk'; readonly smalltalk: string; readonly answers: readonly RankedAnswer[] }
  | { readonly outcome: 'unknown'; readonly answers: readonly RankedAnswer[] }
) & {
  /** What the message is written in; absent is Vietnamese. Other languages are `unknown`: point to 111 in that language. */
  readonly language?: Language;
  /** A second question asked in the same message, and its answer: say it after the first. Only with `answer`. */
  readonly second?: RankedAnswer;
};

/** What the talk was about before this message, as far as it changes what the message means. */
export interface TalkSoFar {
  /** Topic of the answer said last. */
  readonly topic?: Topic;
  /** Danger was told of. */
  readonly inDanger?: boolean;
}

/** Everything the service understands of a message. Pure and in memory: works when the database and the queue are away. */
export interface Understanding {
  /** What danger the message tells of, or null. Runs before anything else on every message. Never throws. */
  screenDanger(text: string): Danger | null;
  /**
   * Best answers first, at most five. Never throws; odd input is `unknown`. With `before` a short message that says little by
   * itself ("nộp ở đâu?") is taken to ask on: the answers of that topic are suggested.
   */
  findAnswers(text: string, before?: TalkSoFar): Found;
  answerById(id: string): Answer | undefined;
  readonly answers: readonly Answer[];
  readonly topics: ReadonlySet<Topic>;
}
