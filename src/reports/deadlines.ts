import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readDataFile } from '../directory/data-file.js';
import { CATEGORIES } from '../directory/directory.js';
import { CASE_MOMENTS } from './case-moments.js';
import { createCalendar, loadHolidays } from './holidays.js';
import type { Urgency } from './report.js';
import { type Calendar, dueAt } from './working-days.js';

const positive = z.number().int().positive();
const length = z.union([
  z.strictObject({ minutes: positive }),
  z.strictObject({ hours: positive }),
  z.strictObject({ working_days: positive }),
]);
const moment = z.enum(CASE_MOMENTS);
/** Who is told: who has taken the case · leads and coordinators of its agency · the level above. */
const alarmed = z.array(z.enum(['taker', 'lead', 'above']));

const rule = z.strictObject({
  id: z.string().regex(/^[a-z_]+$/),
  from: moment,
  urgency: z.array(z.enum(['urgent', 'normal'])).optional(),
  or_after: z.array(moment).optional(),
  categories: z.array(z.enum(CATEGORIES)).optional(),
  held_by: z.literal('other_than_commune_committee').optional(),
  length: z.union([length, z.literal('at_once')]),
  warn_before: length.optional(),
  stopped_by: z.array(moment).min(1),
  alarm: z.strictObject({ warning: alarmed, missed: alarmed }),
  basis: z.union([
    z.literal('internal'),
    z.strictObject({ document: z.string(), article: z.string(), confidence: z.enum(['VB', 'TC']) }),
  ]),
});
export type ClockRule = z.output<typeof rule>;
export type Alarmed = ClockRule['alarm']['missed'][number];

const schema = z.strictObject({
  clocks: z.array(rule.superRefine(fits)).superRefine((rules, context) => {
    const ids = rules.map(({ id }) => id);
    for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index)))
      context.addIssue({ code: 'custom', message: `"${id}" stands there twice.` });
    for (const urgency of ['urgent', 'normal'] as const)
      if (!rules.some((each) => isAcceptance(each, urgency)))
        context.addIssue({ code: 'custom', message: `No clock runs until ${urgency} cases are accepted.` });
  }),
});

/** A warning is in the unit of the length, and before its end. */
function fits({ length: whole, warn_before: before }: ClockRule, context: z.RefinementCtx): void {
  if (before === undefined) return;
  const unit = Object.keys(before)[0] ?? '';
  const [all, part] = [whole, before].map((each) =>
    typeof each === 'string' ? undefined : Reflect.get(each, unit),
  );
  if (typeof all !== 'number' || typeof part !== 'number' || part >= all)
    context.addIssue({
      code: 'custom',
      message: 'warn_before must be shorter than length, in the same unit.',
    });
}

/** Every clock of data/deadlines.yaml, and the days that are worked. */
export interface Deadlines {
  readonly rules: readonly ClockRule[];
  readonly calendar: Calendar;
  /** Changes whenever deadlines or holidays change: what was planned with another value is planned anew. */
  readonly version: string;
}

/** Reads data/deadlines.yaml and data/holidays.yaml. @throws DirectoryDataError with the cause: the service must not start on a broken one. */
export function loadDeadlines(root: string): Deadlines {
  const { clocks } = readDataFile(root, 'deadlines.yaml', schema);
  const holidays = loadHolidays(root);
  return {
    rules: clocks,
    calendar: createCalendar(holidays),
    version: createHash('sha256').update(JSON.stringify({ clocks, holidays })).digest('hex').slice(0, 16),
  };
}

const isAcceptance = (each: ClockRule, urgency: Urgency): boolean =>
  each.from === 'received' &&
  each.stopped_by.includes('accepted') &&
  each.length !== 'at_once' &&
  (each.urgency?.includes(urgency) ?? true);

/** When the agency must have taken the report, by internal rule. */
export function acceptBy({ rules, calendar }: Deadlines, urgency: Urgency, receivedAt: Date): Date {
  const found = rules.find((each) => isAcceptance(each, urgency));
  return found && found.length !== 'at_once' ? dueAt(calendar, receivedAt, found.length) : receivedAt;
}
