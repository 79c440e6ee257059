import { type Texts, VOICES, type Voice } from '../texts/texts.js';
import type { AskStep, Flow, FlowChoice } from './flow-schema.js';
import type { Choice } from './message.js';

/** Ids: a command by its name, `flow:<name>`, `answer:<id>`, `place:<code>`, and `<flow>.<step>.<choice>` for a flow's own. */
export const flowChoiceId = (flow: string, step: string, choice: string): string =>
  `${flow}.${step}.${choice}`;

/** The choices that the engine adds to those of a question, in the order in which they are shown. */
export const ADDED = ['person', 'send_now', 'keep', 'skip', 'drop', 'back', 'help'] as const;
/** Which of them are added, as one number, so that what was put together for it is found again: a bit for each. */
export const WITH = { person: 1, send_now: 2, keep: 4, skip: 8, drop: 16, back: 32, help: 64 } as const;

/** The ids of the choices in such a number. */
export const addedIds = (added: number): string[] => ADDED.filter((id) => (added & WITH[id]) !== 0);

/** The key of the label of a choice that is not the question's own. */
export const addedLabel = (step: AskStep | undefined, id: string): string =>
  (id === 'skip' ? step?.skip_label : undefined) ?? `conversation.${id}`;

/** A question's choices as they were put together, and the line by which a talk remembers them: see shown.ts. */
export interface Shown {
  readonly flow: string;
  readonly step: string;
  readonly choices: readonly Choice[];
  readonly line: string;
  /** Ids by the plain words of the labels in every voice; made when somebody first writes instead of pressing. */
  byLabel?: ReadonlyMap<string, string>;
}

/** What of a question is the same in every talk, made ready once. */
export interface ReadyQuestion {
  /** Its own choices by the ids under which they are shown. */
  readonly byId: ReadonlyMap<string, FlowChoice>;
  /** What was shown; undefined where that depends on the talk. */
  readonly shown: Readonly<Record<Voice, Map<number, Shown>>> | undefined;
  /** The same by the line, in whatever voice. */
  readonly byLine: Map<string, Shown>;
}

export function readyQuestion(texts: Texts, flow: Flow, stepName: string, step: AskStep): ReadyQuestion {
  const labels = [...step.choices.map((choice) => choice.label), ...ADDED.map((id) => addedLabel(step, id))];
  const takesValues = VOICES.some((voice) =>
    labels.some((key) => texts.has(key) && texts.takesValues(key, voice)),
  );
  const depends =
    takesValues || step.several || step.place || step.choices.some((choice) => choice.only !== undefined);
  return {
    byId: new Map(step.choices.map((choice) => [flowChoiceId(flow.name, stepName, choice.id), choice])),
    shown: depends ? undefined : { child: new Map(), teen: new Map(), adult: new Map() },
    byLine: new Map(),
  };
}
