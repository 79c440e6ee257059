import type { Found } from '../understanding/understanding.js';
import { saidAs } from './answer-value.js';
import type { AskStep, Flow } from './flow-schema.js';
import type { House } from './house.js';
import type { Choice, Outgoing, OutgoingKind, Source } from './message.js';
import type { Together } from './pieces.js';
import type { Shown } from './ready-questions.js';
import type { Call, StepContext } from './talk.js';
import type { TalkState } from './talk-state.js';

/** A question that waits, with its flow and its name there. */
export interface OpenQuestion {
  readonly flow: Flow;
  readonly step: AskStep;
  readonly name: string;
}

/** One step at work: what it may change, gathered until the step is done. */
export interface Work {
  readonly house: House;
  readonly context: StepContext;
  state: TalkState;
  readonly out: Outgoing[];
  call?: Call;
  forget?: true;
  /** The emergency card was given. */
  card?: true;
  /** What a flow asked for as its last word, done when its steps are through. */
  after?: 'forget' | 'restart';
  /** Values that live for this step only and are never saved: a new code, the state of a case. */
  readonly passing: Record<string, string>;
  replies?: readonly string[];
  /** Internal steps left; keeps a flow that goes round in circles from hanging the service. */
  budget: number;
  /** The message with what was typed just before it, to be read as one sentence. */
  readonly together: Together | undefined;
  /** Scrubbed questions that nobody could answer, for content staff. */
  readonly unanswered: string[];
  /** The question that waits, once it was looked up. */
  open: OpenQuestion | undefined;
  /** The choices of the question that was asked last. */
  question: Shown | undefined;
  /** The message without politeness, once it was looked at: see `saidIn`. */
  said: readonly string[];
  /** What the search found for this message, looked up at most once. */
  found?: Found;
}

export const MAX_INTERNAL_STEPS = 50;

export const startWork = (
  house: House,
  context: StepContext,
  state: TalkState,
  together?: Together,
): Work => ({
  house,
  context,
  state,
  together,
  out: [],
  passing: {},
  open: undefined,
  question: undefined,
  said: [],
  unanswered: [],
  budget: MAX_INTERNAL_STEPS,
});

/**
 * The text of a key in the voice of this talk. Every text may ask for the `channel` and whether `evidence` waits; texts of a
 * flow also which of its answers are there, never what they say.
 */
export function words(work: Work, key: string, values?: Readonly<Record<string, string>>): string {
  return work.house.texts.say(key, work.state.voice, (name) => valueNamed(work, name, values));
}

function valueNamed(work: Work, name: string, values?: Readonly<Record<string, string>>): string | undefined {
  const own = values?.[name] ?? work.passing[name];
  if (own !== undefined) return own;
  if (name === 'channel') return work.context.channel;
  if (name === 'evidence') return work.state.evidence ? 'yes' : 'no';
  const { at } = work.state;
  if (!at) return undefined;
  const flow = work.open?.flow.name === at.flow ? work.open.flow : work.house.byName.get(at.flow);
  if (flow?.variants.includes(name)) return variantOf(work, name);
  return at.answers.has(name) ? 'yes' : work.house.unanswered.get(at.flow)?.[name];
}

/** The id of a saved choice by which texts may differ; `office`, `opens` and `opens_on` are about who is on duty now. */
function variantOf(work: Work, name: string): string {
  if (name === 'office') return work.house.officeAt(work.context.now).state;
  if (name === 'opens') return work.house.officeAt(work.context.now).opens ?? '';
  if (name === 'opens_on') return work.house.officeAt(work.context.now).opensOn ?? '';
  const value = work.state.at?.answers.get(name);
  return typeof value === 'string' ? value : (saidAs(value)[0] ?? 'no');
}

/** Plain words as they are, then with the politeness around them taken off, layer by layer. A step asks for it several times. */
export function saidIn(work: Work, plain: string): readonly string[] {
  if (work.said[0] !== plain) work.said = work.house.commands.bare(plain);
  return work.said;
}

export interface SayOptions {
  readonly kind?: OutgoingKind;
  readonly choices?: readonly Choice[];
  readonly sources?: readonly Source[];
  readonly input?: NonNullable<Outgoing['input']>;
  readonly attachment?: NonNullable<Outgoing['attachment']>;
}

/** Adds one message, its words already chosen. */
export function send(work: Work, text: string, options: SayOptions = {}): void {
  const { kind = 'text', choices = [], sources = [], input, attachment } = options;
  const id = work.context.newId();
  const message: Outgoing =
    input === undefined ? { id, kind, text, choices, sources } : { id, kind, text, choices, sources, input };
  work.out.push(attachment === undefined ? message : { ...message, attachment });
}

/** Adds one message by its key. */
export const say = (
  work: Work,
  key: string,
  options: SayOptions = {},
  values?: Readonly<Record<string, string>>,
): void => send(work, words(work, key, values), options);
