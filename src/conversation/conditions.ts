import { z } from 'zod';
import { VOICES } from '../texts/texts.js';
import { CHANNEL_NAMES } from './message.js';

const oneOrMore = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).min(1)]);
const answerName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'name a saved answer');

export const OFFICE_STATES = ['open', 'closed', 'unknown'] as const;
export type OfficeState = (typeof OFFICE_STATES)[number];

/** What may be asked of a talk without code. Each condition says one thing; `not`, `all` and `any` put them together. */
export const PLAIN_CONDITIONS = {
  is: z
    .strictObject({ answer: answerName, is: oneOrMore(z.string()) })
    .describe('the saved choice is this, or one of these'),
  under: z.strictObject({ answer: answerName, under: z.number() }).describe('the saved number is smaller'),
  answered: z.strictObject({ answered: answerName }).describe('the question was answered, not left out'),
  channel: z.strictObject({ channel: oneOrMore(z.enum(CHANNEL_NAMES)) }).describe('the person is there'),
  voice: z
    .strictObject({ voice: oneOrMore(z.enum([...VOICES, 'unknown'])) })
    .describe('we speak so; `unknown`: nothing has told yet who writes'),
  office: z
    .strictObject({ office: oneOrMore(z.enum(OFFICE_STATES)) })
    .describe('staff are on duty now by data/office-hours.yaml; `unknown`: no hours are entered'),
  told_age: z.strictObject({ told_age: z.literal(true) }).describe('the person has told their age'),
  urgent: z.strictObject({ urgent: z.literal(true) }).describe('somebody may be in danger now'),
  evidence: z.strictObject({ evidence: z.literal(true) }).describe('a file waits to be sent'),
} as const;

type Plain = { [K in keyof typeof PLAIN_CONDITIONS]: z.infer<(typeof PLAIN_CONDITIONS)[K]> };
export type Condition = Plain[keyof Plain] | { not: Condition } | { all: Condition[] } | { any: Condition[] };

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union(
    [
      ...Object.values(PLAIN_CONDITIONS),
      z.strictObject({ not: conditionSchema }),
      z.strictObject({ all: z.array(conditionSchema).min(1) }),
      z.strictObject({ any: z.array(conditionSchema).min(1) }),
    ],
    {
      error: `write one condition: ${[...Object.keys(PLAIN_CONDITIONS), 'not', 'all', 'any'].join(', ')}`,
    },
  ),
);

/** Names of the answers that a condition asks for. */
export function answersIn(condition: Condition): string[] {
  if ('not' in condition) return answersIn(condition.not);
  if ('all' in condition) return condition.all.flatMap(answersIn);
  if ('any' in condition) return condition.any.flatMap(answersIn);
  if ('answered' in condition) return [condition.answered];
  return 'answer' in condition ? [condition.answer] : [];
}
