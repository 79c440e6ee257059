import type { Found } from '../understanding/understanding.js';
import { saidAs } from './answer-value.js';
import type { House } from './house.js';
import type { Choice, Outgoing, OutgoingKind, Source } from './message.js';
import type { Call, StepContext } from './talk.js';
import type { TalkState } from './talk-state.js';

/** One step at work: what it may change, gathered until the step is done. */
export interface Work {
  readonly house: House;
  readonly context: StepContext;
  state: TalkState;
  readonly out: Outgoing[];
  call?: Call;
  forget?: true;
  /** What a flow asked for as its last word, done when its steps are through. */
  after?: 'forget' | 'restart';
  /** Values that live for this step only and are never saved: a new code, the state of a case. */
  readonly passing: Record<string, string>;
  replies?: readonly string[];
  /** Internal steps left; keeps a flow that goes round in circles from hanging the service. */
  budget: number;
  /** Scrubbed questions that nobody could answer, for content staff. */
  readonly unanswered: string[];
  /** What the search found for this message, looked up at most once. */
  found?: Found;
}

export const MAX_INTERNAL_STEPS = 50;

export const startWork = (house: House, context: StepContext, state: TalkState): Work => ({
  house,
  context,
  state,
  out: [],
  passing: {},
  unanswered: [],
  budget: MAX_INTERNAL_STEPS,
});

/**
 * The text of a key in the voice of this talk. Every text may ask for the `channel` and whether `evidence` waits; texts of a
 * flow also which of its answers are there, never what they say.
 */
export function words(work: Work, key: string, values?: Readonly<Record<string, string>>): string {
  const { at, voice, evidence } = work.state;
  const { texts } = work.house;
  if (!texts.takesValues(key, voice)) return texts.say(key, voice);
  const given: Record<string, string> = { ...(at && work.house.unanswered.get(at.flow)) };
  if (at) for (const name of Object.keys(at.answers)) given[name] = 'yes';
  const flow = at && work.house.byName.get(at.flow);
  if (flow) for (const name of flow.variants) given[name] = variantOf(work, name);
  given.evidence = evidence ? 'yes' : 'no';
  given.channel = work.context.channel;
  return texts.say(key, voice, { ...given, ...work.passing, ...values });
}

/** The id of a saved choice by which texts may differ; `office`, `opens` and `opens_on` are about who is on duty now. */
function variantOf(work: Work, name: string): string {
  const office = work.house.officeAt(work.context.now);
  if (name === 'office') return office.state;
  if (name === 'opens') return office.opens ?? '';
  if (name === 'opens_on') return office.opensOn ?? '';
  return saidAs(work.state.at?.answers[name])[0] ?? 'no';
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
  work.out.push({
    id: work.context.newId(),
    kind: options.kind ?? 'text',
    text,
    choices: options.choices ?? [],
    sources: options.sources ?? [],
    ...(options.input === undefined ? {} : { input: options.input }),
    ...(options.attachment === undefined ? {} : { attachment: options.attachment }),
  });
}

/** Adds one message by its key. */
export const say = (
  work: Work,
  key: string,
  options: SayOptions = {},
  values?: Readonly<Record<string, string>>,
): void => send(work, words(work, key, values), options);
