import type { PlaceMatch } from '../directory/directory.js';
import type { MailboxChange } from '../reports/mailbox.js';
import type { ReportDraft } from '../reports/report.js';
import type { Voice } from '../texts/texts.js';
import type { Answer, Citation } from '../understanding/answer.js';
import type { Danger, Found, TalkSoFar } from '../understanding/understanding.js';
import type { ChannelName, IncomingContent, Outgoing, Source } from './message.js';

/**
 * The state of the conversation with one contact: plain JSON, stored encrypted. Only the engine looks inside: it begins
 * with the number of its format, so that a deploy can move it or begin fresh.
 */
export type Talk = readonly [format: number, ...parts: unknown[]] | NamedTalk;

/** A talk as it was saved up to format 5. */
export interface NamedTalk {
  readonly format: number;
  /** When the person last wrote, milliseconds since 1970. */
  readonly lastHeard: number;
  readonly [part: string]: unknown;
}

/**
 * Something only the outside can do, asked for by a flow step. The turn performs it in its transaction and gives the
 * outcome back with `resume`; the engine itself touches nothing.
 */
export type Call =
  | { readonly action: 'submit_report'; readonly draft: ReportDraft }
  | { readonly action: 'open_mailbox'; readonly code: string }
  | {
      readonly action: 'write_to_case';
      readonly mailbox: string;
      readonly text: string;
      /** Ids of the files that go with it. */
      readonly evidence?: readonly string[];
      /** How much it helped, by the id of the choice; the only thing that a closed case may still take. */
      readonly feedback?: string;
    }
  | {
      readonly action: 'change_mailbox';
      readonly change: MailboxChange;
      /** Absent: all that may write to this talk. */
      readonly mailbox?: string;
    };

/**
 * What came of a call. `submit_report`: ok `{code}` as two lines · `open_mailbox`: ok `{mailbox, state, replies}` (replies: texts
 * oldest first; `mailbox` an id to write with), wrong, too_many, lesson (it was the second code) · `write_to_case`: ok, closed,
 * has_code · `change_mailbox`: ok, with the second code where one was made.
 */
export type CallOutcome =
  | { readonly action: 'submit_report'; readonly result: 'ok'; readonly code: string }
  | {
      readonly action: 'open_mailbox';
      readonly result: 'ok';
      readonly mailbox: string;
      readonly state: 'new' | 'accepted' | 'assessing' | 'supporting' | 'closed';
      readonly replies: readonly { readonly text: string; readonly at: number }[];
    }
  | { readonly action: 'open_mailbox'; readonly result: 'wrong' | 'too_many' | 'lesson' }
  | {
      readonly action: 'write_to_case';
      readonly result: 'ok' | 'closed' | 'has_code';
      /** How many files the case had no room for. */
      readonly filesLeftOut?: number;
    }
  | { readonly action: 'change_mailbox'; readonly result: 'ok'; readonly code?: string };

export interface StepContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Makes a unique id (UUID). */
  readonly newId: () => string;
  readonly channel: ChannelName;
  /** What the screen found in the words of this message, a caption's too; null also when there are none. */
  readonly danger: Danger | null;
  /** The id under which a file that came in this message is kept; present with `media`. */
  readonly evidence?: string;
  /** A file came in this message and is not kept: the talk holds as many as it may. */
  readonly tooManyFiles?: true;
}

export interface StepResult {
  readonly talk: Talk;
  /** In the order to be sent. */
  readonly outgoing: readonly Outgoing[];
  /** The step waits for this; perform it and `resume`. */
  readonly call?: Call;
  /** When to `wake` the talk if nobody writes before, milliseconds since 1970; absent: never. Replaces what was asked before. */
  readonly wakeAt?: number;
  /** Questions that nobody could answer, scrubbed of whatever tells of a person; to be kept apart from the talk. */
  readonly unanswered?: readonly string[];
  /** The emergency card is among `outgoing`. */
  readonly card?: true;
  /** The person asked to forget: delete the talk and its unsent messages after sending `outgoing`. */
  readonly forget?: true;
}

/** The flow engine: pure, given the same input it gives the same output. Never throws on anything a person can send. */
export interface Engine {
  step(talk: Talk | undefined, incoming: IncomingContent, context: StepContext): StepResult;
  resume(talk: Talk, outcome: CallOutcome, context: StepContext): StepResult;
  /**
   * The time asked for by `wakeAt` has come and nobody wrote: give it the stored talk. May say one neutral line, may ask for a call
   * (then `resume` as in a turn), and tells when to wake next. Harmless when rung too early, too late or twice.
   */
  wake(talk: Talk, context: StepContext): StepResult;
  /** What to send when nothing can be stored: the emergency card when there is danger, else one kind sentence with 111. */
  withoutStore(context: StepContext): readonly Outgoing[];
}

/** The pure helpers the engine thinks with. */
export interface EngineMind {
  /** What danger the words tell of; asked again where a message is read together with the one before. */
  screenDanger(text: string): Danger | null;
  findAnswers(text: string, before?: TalkSoFar): Found;
  answerById(id: string): Answer | undefined;
  /** What to say to small talk by its name. */
  smalltalkReply(name: string, voice: Voice): string | undefined;
  findPlaces(text: string): readonly PlaceMatch[];
  /** How a legal source is shown: name of the document, article, date of effect. */
  cite(citation: Citation): Source;
}
