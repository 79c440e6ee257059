import { vietnamDay } from '../directory/vietnam-day.js';

/** Which days are worked. Days are ISO dates in Việt Nam. */
export interface Calendar {
  isWorkingDay(day: string): boolean;
  /** Whether an administrator has entered the announced holidays of this year; else only those of every year are known. */
  isConfirmed(year: number): boolean;
}

const DAY = 86_400_000;
/** Longer than any run of days off; a calendar that is never worked is a fault of the data. */
const LONGEST_SEARCH = 400;

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

/**
 * The `count`th working day after `day`, which itself is not counted; `day` for 0.
 * @throws when the calendar has no working day within more than a year
 */
export function addWorkingDays(calendar: Calendar, day: string, count: number): string {
  let at = day;
  for (let left = count, searched = 0; left > 0; ) {
    at = dayAfter(at);
    searched = calendar.isWorkingDay(at) ? 0 : searched + 1;
    if (searched === 0) left -= 1;
    if (searched > LONGEST_SEARCH) throw new Error('The calendar has no working days.');
  }
  return at;
}

/** How long a deadline is: minutes and hours run day and night; working days are whole days. */
export type Length =
  | { readonly minutes: number }
  | { readonly hours: number }
  | { readonly working_days: number };

/**
 * When a deadline that began at `from` ends. Working days end at midnight, at the end of the last one; the day on which it began
 * is not counted.
 */
export function dueAt(calendar: Calendar, from: Date, length: Length): Date {
  if ('minutes' in length) return new Date(from.getTime() + length.minutes * 60_000);
  if ('hours' in length) return new Date(from.getTime() + length.hours * 3_600_000);
  const last = addWorkingDays(calendar, vietnamDay(from.getTime()), length.working_days);
  return new Date(`${dayAfter(last)}T00:00:00+07:00`);
}

/** Years between the two whose announced holidays nobody has entered: working days counted over them are provisional. */
export function unconfirmedYears(calendar: Calendar, from: Date, until: Date): number[] {
  const [first, last] = [from, until].map((at) => Number(vietnamDay(at.getTime()).slice(0, 4)));
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).filter(
    (year) => !calendar.isConfirmed(year),
  );
}
