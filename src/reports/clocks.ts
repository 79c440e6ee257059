import type { Category } from '../directory/directory.js';
import type { CaseMoments } from './case-moments.js';
import type { ClockRule, Deadlines } from './deadlines.js';
import type { Urgency } from './report.js';
import { dueAt, type Length } from './working-days.js';

/** What of a case decides which clocks run, and until when. */
export interface ClockFacts {
  readonly moments: CaseMoments;
  readonly urgency: Urgency;
  readonly category: Category;
  /** Another body than the People's Committee of the place holds it, and may hand it there. */
  readonly isToBeForwarded: boolean;
  readonly closedAt?: Date;
}

/** A clock as the facts have it. */
export interface PlannedClock {
  readonly id: string;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly warnAt?: Date;
  /** The law says "at once" and names no figure: shown until done, never warned of, never missed. */
  readonly atOnce: boolean;
  /** When it was done, or the case closed. */
  readonly stoppedAt?: Date;
}

/** Every clock that these facts set going, in the order of the data. Pure: the same facts, the same clocks. */
export function planClocks({ rules, calendar }: Deadlines, facts: ClockFacts): PlannedClock[] {
  return rules.flatMap((rule): PlannedClock[] => {
    const startedAt = facts.moments[rule.from];
    if (!startedAt || !applies(rule, facts)) return [];
    const stoppedAt = earliest([...rule.stopped_by.map((each) => facts.moments[each]), facts.closedAt]);
    const common = { id: rule.id, startedAt, ...(stoppedAt && { stoppedAt }) };
    const { length, warn_before } = rule;
    if (length === 'at_once') return [{ ...common, dueAt: startedAt, atOnce: true }];
    return [
      {
        ...common,
        dueAt: dueAt(calendar, startedAt, length),
        atOnce: false,
        ...(warn_before && { warnAt: dueAt(calendar, startedAt, shorterBy(length, warn_before)) }),
      },
    ];
  });
}

function applies(rule: ClockRule, { moments, urgency, category, isToBeForwarded }: ClockFacts): boolean {
  const byUrgency =
    (rule.urgency?.includes(urgency) ?? true) || (rule.or_after?.some((each) => moments[each]) ?? false);
  const byCategory = rule.categories?.includes(category) ?? true;
  return byUrgency && byCategory && (rule.held_by === undefined || isToBeForwarded);
}

/** The data's check has made sure that both are in one unit and that something is left. */
function shorterBy(length: Length, by: Length): Length {
  if ('minutes' in length && 'minutes' in by) return { minutes: length.minutes - by.minutes };
  if ('hours' in length && 'hours' in by) return { hours: length.hours - by.hours };
  if ('working_days' in length && 'working_days' in by)
    return { working_days: length.working_days - by.working_days };
  throw new Error('A warning is in another unit than its deadline.');
}

function earliest(dates: readonly (Date | undefined)[]): Date | undefined {
  const known = dates.filter((date) => date !== undefined).map((date) => date.getTime());
  return known.length === 0 ? undefined : new Date(Math.min(...known));
}

/** A clock with what has come of it. */
export interface RunningClock extends PlannedClock {
  readonly warnedAt?: Date;
  readonly missedAt?: Date;
}

export type Fired = 'warning' | 'missed';

/** What is to be told now: each of the two at most once in the life of a clock, and no warning of what is missed already. */
export function firesAt(clock: RunningClock, now: Date): Fired | undefined {
  if (clock.stoppedAt || clock.atOnce || clock.missedAt) return undefined;
  if (clock.dueAt <= now) return 'missed';
  return clock.warnAt && clock.warnAt <= now && !clock.warnedAt ? 'warning' : undefined;
}

/** When something is next to be told; undefined: nothing any more. */
export function nextFire(clock: RunningClock): Date | undefined {
  if (clock.stoppedAt || clock.atOnce || clock.missedAt) return undefined;
  return clock.warnAt && !clock.warnedAt ? clock.warnAt : clock.dueAt;
}
