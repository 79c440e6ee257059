import { z } from 'zod';
import { MAILBOX_CHANGES } from '../reports/mailbox.js';
import { VOICES } from '../texts/texts.js';
import { type Condition, conditionSchema } from './conditions.js';

/** A step with this name does not exist: it is where a flow ends and the talk is free again. */
export const END = 'end';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'use small letters, digits and _');
const textKey = z
  .string()
  .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/, 'write the key of a text, e.g. report.where.ask');
const only = conditionSchema
  .optional()
  .describe('the condition under which it is there at all; else it is passed over');

export const choiceSchema = z.strictObject({
  id: name.describe('never changes; what is saved when the step has `save`'),
  label: textKey.describe('on the button; said as words it picks the choice too'),
  words: textKey.optional().describe('text with further words that mean this choice, parted by "|"'),
  inside: textKey
    .optional()
    .describe('text with phrases that mean this choice somewhere in a short sentence, parted by "|"'),
  next: name.optional().describe('else the `next` of the step'),
  return_to: name
    .optional()
    .describe('where to return after the step at `next` was answered, e.g. back to the summary'),
  urgent: z.literal(true).optional().describe('somebody may be in danger now: marks the report urgent'),
  voice: z.enum(VOICES).optional().describe('from now on we speak so'),
  only,
});

const sayStep = z.strictObject({
  say: textKey.describe('the text'),
  kind: z.enum(['text', 'danger', 'code']).default('text').describe('how a channel shows it'),
  offer: z
    .array(name)
    .max(5)
    .default([])
    .describe('flows offered as choices where the talk ends; left out in a flow that was called by another'),
  attach: z
    .strictObject({
      kind: z.enum(['image', 'document']),
      file: z.string().regex(/^[a-z0-9][a-z0-9-]*\.(png|jpg|pdf)$/, 'name a file like so-can-nho.png'),
      alt: textKey,
    })
    .optional()
    .describe('a file of ours that goes with it, from locales/vi/attachments; `alt` says what it shows'),
  only,
  next: name.default(END).describe('the step after it'),
});

const askStep = z.strictObject({
  ask: textKey.describe('the question'),
  again: textKey
    .optional()
    .describe('said instead when it comes again: "more to add?", or the same without its opening'),
  save: name.optional().describe('under which name the chosen id is saved'),
  choices: z.array(choiceSchema).default([]).describe('what may be picked, by button, number or words'),
  several: z
    .literal(true)
    .optional()
    .describe('several choices may be picked, one after the other or as "1, 3"; saved as a list'),
  contact: z
    .literal(true)
    .optional()
    .describe('asks whether and how we may write back; brings its own choices and saves `contact_wish`'),
  guess: z
    .literal(true)
    .optional()
    .describe('own words that tell what happened may pick the choice of the same name as their topic'),
  number: z
    .strictObject({
      save: name,
      min: z.number().int(),
      max: z.number().int(),
      age: z.literal(true).optional(),
      own_if: conditionSchema.optional(),
    })
    .optional()
    .describe(
      'a number in digits or words, saved as a number; with `age` also "lớp 3"; an age that is the person\'s own (`own_if`) says how we speak',
    ),
  date: z
    .strictObject({ save: name })
    .optional()
    .describe('a day in words: "tối qua", "thứ hai tuần trước", "15/11"; the words are always kept'),
  text: z
    .strictObject({ save: name, max: z.number().int().min(1).max(4000) })
    .optional()
    .describe('own words, `max` characters; a later text is added to an earlier one'),
  media: z
    .enum(['more', 'answer'])
    .optional()
    .describe(
      'files beside the text: `more` keeps them and asks whether there is more, `answer` takes one for the answer',
    ),
  place: z
    .strictObject({ save: name })
    .optional()
    .describe('a place: the code of the unit is saved, and what was said under the name with "_words"'),
  proof: z
    .literal(true)
    .optional()
    .describe('the last four digits of the code that was just said, to see that it was written down'),
  code: z.literal(true).optional().describe("the reporter's code; handed to the call at `next`, never saved"),
  told: z
    .strictObject({ save: name, next: name })
    .optional()
    .describe('what is told here instead of choosing is saved as own words, and leads to this step'),
  only,
  next: name.optional().describe('the step after an input, and after choices without a `next`'),
  skip: name.optional().describe('where to go when the question is left out; absent: it is needed'),
  skip_label: textKey.optional().describe('label of leaving it out, where the usual one does not fit'),
  patience: z
    .number()
    .int()
    .min(1)
    .max(25)
    .optional()
    .describe('minutes of silence until we say once that we are still there; 10 when absent'),
});

const branchStep = z.strictObject({
  branch: name.describe('a saved answer, or a value of the call before'),
  when: z.record(z.string(), name).describe('the step for each value'),
  else: name.describe('the step for any other value, or none'),
});

const casesStep = z.strictObject({
  cases: z
    .array(z.strictObject({ if: conditionSchema, next: name }))
    .min(1)
    .describe('the first whose condition holds says where to go'),
  else: name.describe('the step when none holds'),
});

const callStep = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('submit_report'), outcomes: z.strictObject({ ok: name }) }),
  z.strictObject({
    call: z.literal('open_mailbox'),
    /** `closed`: opened, but its case has ended, so nothing can be added · `lesson`: it was the second code. */
    outcomes: z.strictObject({ ok: name, closed: name, wrong: name, too_many: name, lesson: name }),
  }),
  z.strictObject({
    call: z.literal('write_to_case'),
    /** The saved answer that holds the text. */
    text: name,
    /** The saved answer that says how much it helped. */
    feedback: name.optional(),
    /** `has_code`: the words hold the person's own two numbers, so they were not sent. */
    outcomes: z.strictObject({ ok: name, closed: name, has_code: name }),
  }),
  z.strictObject({
    call: z.literal('change_mailbox'),
    /** See `MAILBOX_CHANGES`. Without an open mailbox it is done to all that may write to this talk. */
    change: z.enum(MAILBOX_CHANGES),
    outcomes: z.strictObject({ ok: name }),
  }),
]);

const gotoStep = z.strictObject({
  goto: name.describe('the flow that begins instead of this one'),
  with: z.record(name, z.string()).optional().describe('answers it begins with, so that it need not ask'),
});

const flowStep = z.strictObject({
  flow: name.describe('the flow that is called; what it asks is saved beside our own answers'),
  only,
  next: name.default(END).describe('where we go on when it has ended'),
});

const answerStep = z.strictObject({
  answer: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write the id of an answer')
    .describe('id of a reviewed answer of locales/vi/answers'),
  none: textKey.describe('said when it is hidden, because it is overdue or its law has ended'),
  next: name.default(END).describe('the step after it'),
});

const showStep = z.strictObject({
  show: z.literal('replies').describe('each reply of staff as its own message'),
  none: textKey.describe('said when there is none yet'),
  next: name.describe('the step after it'),
});

const doStep = z.strictObject({
  do: z
    .enum(['forget', 'restart'])
    .describe('what the person could also ask for in words; the flow ends with it'),
});

/** One schema for each kind of step, under the word that makes it this kind. */
export const STEP_SCHEMAS = {
  say: sayStep,
  ask: askStep,
  branch: branchStep,
  cases: casesStep,
  call: callStep,
  goto: gotoStep,
  flow: flowStep,
  answer: answerStep,
  show: showStep,
  do: doStep,
} as const;
export type StepKind = keyof typeof STEP_SCHEMAS;

export const moveSchema = z.strictObject({
  from: z
    .number()
    .int()
    .positive()
    .describe('the version that talks may still be in; they come to the next one'),
  steps: z.record(name, name).optional().describe('new names of questions; others keep theirs'),
  answers: z.record(name, name).optional().describe('new names of saved answers; others keep theirs'),
  drop: z.array(name).optional().describe('saved answers that mean nothing any more'),
});

/** The file around the steps; each step is then checked by the schema of its kind. */
export const flowFileSchema = z.strictObject({
  flow: name.describe('its name; never changes'),
  version: z
    .number()
    .int()
    .positive()
    .describe('raise it when steps change so that running talks no longer fit, and write how they move'),
  moves: z
    .array(moveSchema)
    .default([])
    .describe('how a running talk of an older version moves on; without a rule it begins fresh, kindly'),
  start: name.describe('the first step'),
  menu: z
    .number()
    .int()
    .optional()
    .describe('offered wherever a talk is free, in this order; a poster may name it too'),
  poster: z.literal(true).optional().describe('a poster may carry its name: who scans the code begins here'),
  send_now: name.optional().describe('step to jump to when somebody in danger wants to send what is there'),
  silence: z
    .strictObject({ send: name, note: textKey })
    .optional()
    .describe(
      'in danger, after half an hour of silence: the call that sends what is there, and the text that says so beforehand',
    ),
  heard: name
    .optional()
    .describe('the saved answer that takes what the person told before or beside the questions'),
  change: name
    .optional()
    .describe(
      'the question whose choices lead back to single answers, so that "sửa nơi xảy ra" works at every step',
    ),
  variants: z
    .array(name)
    .default([])
    .describe(
      'saved choices by which texts may differ, e.g. {for_whom, select, …}; of others texts know only whether they are there',
    ),
  steps: z.record(name, z.record(z.string(), z.unknown())).describe('the steps by their names'),
});

export type FlowChoice = z.infer<typeof choiceSchema>;
export type FlowMove = z.infer<typeof moveSchema>;
export type SayStep = z.infer<typeof sayStep> & { readonly kindOf: 'say' };
export type AskStep = z.infer<typeof askStep> & { readonly kindOf: 'ask' };
export type BranchStep = z.infer<typeof branchStep> & { readonly kindOf: 'branch' };
export type CasesStep = z.infer<typeof casesStep> & { readonly kindOf: 'cases' };
export type CallStep = z.infer<typeof callStep> & { readonly kindOf: 'call' };
export type GotoStep = z.infer<typeof gotoStep> & { readonly kindOf: 'goto' };
export type FlowStep = z.infer<typeof flowStep> & { readonly kindOf: 'flow' };
export type AnswerStep = z.infer<typeof answerStep> & { readonly kindOf: 'answer' };
export type ShowStep = z.infer<typeof showStep> & { readonly kindOf: 'show' };
export type DoStep = z.infer<typeof doStep> & { readonly kindOf: 'do' };
export type Step =
  | SayStep
  | AskStep
  | BranchStep
  | CasesStep
  | CallStep
  | GotoStep
  | FlowStep
  | AnswerStep
  | ShowStep
  | DoStep;

/** A conversation written as data. */
export interface Flow {
  /** Where it was read from, for messages to whoever writes flows. */
  readonly file: string;
  readonly name: string;
  readonly version: number;
  readonly moves: readonly FlowMove[];
  readonly start: string;
  readonly menu?: number;
  readonly poster?: true;
  readonly sendNow?: string;
  readonly silence?: { readonly send: string; readonly note: string };
  readonly heard?: string;
  readonly change?: string;
  readonly variants: readonly string[];
  readonly steps: ReadonlyMap<string, Step>;
  /** Line of each step in the file, counted from 1. */
  readonly lines: ReadonlyMap<string, number>;
}

/** The condition under which a step is there at all; absent: always. */
export const conditionOf = (step: Step): Condition | undefined =>
  step.kindOf === 'ask' || step.kindOf === 'say' || step.kindOf === 'flow' ? step.only : undefined;
