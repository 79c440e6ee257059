import { z } from 'zod';

/** A step with this name does not exist: it is where a flow ends and the talk is free again. */
export const END = 'end';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'use small letters, digits and _');
const textKey = z
  .string()
  .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/, 'write the key of a text, e.g. report.where.ask');

const choice = z.strictObject({
  /** Never changes; what is saved when the step has `save`. */
  id: name,
  label: textKey,
  /** Text with further words that mean this choice, parted by "|". */
  words: textKey.optional(),
  /** Else the `next` of the step. */
  next: name.optional(),
  /** Where to return after the step at `next` was answered, e.g. back to the summary. */
  return_to: name.optional(),
  /** Marks the report urgent. */
  urgent: z.literal(true).optional(),
});

const sayStep = z.strictObject({
  say: textKey,
  kind: z.enum(['text', 'danger', 'code']).default('text'),
  /** Flows offered as choices; the talk must end here. */
  offer: z.array(name).max(5).default([]),
  /** A file of ours that goes with it, from locales/vi/attachments; `alt` says what it shows. */
  attach: z
    .strictObject({
      kind: z.enum(['image', 'document']),
      file: z.string().regex(/^[a-z0-9][a-z0-9-]*\.(png|jpg|pdf)$/, 'name a file like so-can-nho.png'),
      alt: textKey,
    })
    .optional(),
  next: name.default(END),
});

const askStep = z.strictObject({
  ask: textKey,
  /** Said instead of `ask` when it comes again: "more to add?", or the same without its opening. */
  again: textKey.optional(),
  /** Under which name the chosen id is saved. */
  save: name.optional(),
  choices: z.array(choice).default([]),
  /** Own words that tell what happened may pick the choice of the same name as the topic they are about. */
  guess: z.literal(true).optional(),
  /** Free text, `max` characters; a later text is added to an earlier one. */
  text: z.strictObject({ save: name, max: z.number().int().min(1).max(4000) }).optional(),
  /** Files beside the text: `more` keeps them and asks whether there is more, `answer` takes them for the answer. */
  media: z.enum(['more', 'answer']).optional(),
  /** A place: the code of the unit is saved under `save`, what was said under `save` + "_words". */
  place: z.strictObject({ save: name }).optional(),
  /** The reporter's code; handed to the call at `next`, never saved. */
  code: z.literal(true).optional(),
  next: name.optional(),
  /** Where to go when the person leaves the question out; absent: it is needed. */
  skip: name.optional(),
  /** Label of the way to leave it out, where the usual one does not fit. */
  skip_label: textKey.optional(),
});

const branchStep = z.strictObject({
  /** A saved answer, or a value of the call before. */
  branch: name,
  when: z.record(z.string(), name),
  else: name,
});

const callStep = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('submit_report'), outcomes: z.strictObject({ ok: name }) }),
  z.strictObject({
    call: z.literal('open_mailbox'),
    /** `closed`: opened, but its case has ended, so nothing can be added. */
    outcomes: z.strictObject({ ok: name, closed: name, wrong: name, too_many: name }),
  }),
  z.strictObject({
    call: z.literal('write_to_case'),
    /** The saved answer that holds the text. */
    text: name,
    outcomes: z.strictObject({ ok: name, closed: name }),
  }),
]);

const gotoStep = z.strictObject({ goto: name });

const showStep = z.strictObject({
  /** Each reply of staff as its own message. */
  show: z.literal('replies'),
  /** Said when there is none yet. */
  none: textKey,
  next: name,
});

/** One schema for each kind of step, under the word that makes it this kind. */
export const STEP_SCHEMAS = {
  say: sayStep,
  ask: askStep,
  branch: branchStep,
  call: callStep,
  goto: gotoStep,
  show: showStep,
} as const;
export type StepKind = keyof typeof STEP_SCHEMAS;

/** The file around the steps; each step is then checked by the schema of its kind. */
export const flowFileSchema = z.strictObject({
  flow: name,
  /** Raise it when steps change so that running talks no longer fit; those begin fresh, kindly. */
  version: z.number().int().positive(),
  start: name,
  /** Step to jump to when somebody in danger wants to send what is there. */
  send_now: name.optional(),
  /** Name of the saved answer that takes what the person told before or beside the questions. */
  heard: name.optional(),
  /** A poster may carry the name of this flow: who scans it begins here. Flows of the menu need it not. */
  poster: z.literal(true).optional(),
  steps: z.record(name, z.record(z.string(), z.unknown())),
});

export type FlowChoice = z.infer<typeof choice>;
export type SayStep = z.infer<typeof sayStep> & { readonly kindOf: 'say' };
export type AskStep = z.infer<typeof askStep> & { readonly kindOf: 'ask' };
export type BranchStep = z.infer<typeof branchStep> & { readonly kindOf: 'branch' };
export type CallStep = z.infer<typeof callStep> & { readonly kindOf: 'call' };
export type GotoStep = z.infer<typeof gotoStep> & { readonly kindOf: 'goto' };
export type ShowStep = z.infer<typeof showStep> & { readonly kindOf: 'show' };
export type Step = SayStep | AskStep | BranchStep | CallStep | GotoStep | ShowStep;

/** A conversation written as data. */
export interface Flow {
  /** Where it was read from, for messages to whoever writes flows. */
  readonly file: string;
  readonly name: string;
  readonly version: number;
  readonly start: string;
  readonly sendNow?: string;
  readonly heard?: string;
  readonly poster?: true;
  readonly steps: ReadonlyMap<string, Step>;
}
