import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { OfficeState } from './conditions.js';

/** Monday first, as they are written in the file. */
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time like "07:00"');
const fileSchema = z.strictObject({
  weekly: z.array(z.strictObject({ days: z.array(z.enum(DAYS)).min(1), from: time, to: time })),
  closed: z.array(z.iso.date()).default([]),
});
type Hours = z.infer<typeof fileSchema>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Việt Nam is seven hours ahead all year round. */
const OFFSET = 7 * 60 * MINUTE;

/** Whether staff are on duty, and when they next are. */
export interface Office {
  readonly state: OfficeState;
  /** "07:00", when closed. */
  readonly opens?: string;
  /** `today`, `tomorrow`, or the weekday as in the file. */
  readonly opensOn?: string;
}

/** Who is on duty at a time (milliseconds since 1970). */
export type OfficeAt = (now: number) => Office;

/** No hours known: nothing is said of any. */
export const noHours: OfficeAt = () => ({ state: 'unknown' });

/**
 * Reads data/office-hours.yaml; without the file, or while it holds no hours, none are known.
 * @throws when the file is not written as it says at its head
 */
export function readOfficeHours(file: string): OfficeAt {
  if (!existsSync(file)) return noHours;
  const parsed = fileSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.weekly.length === 0 ? noHours : (now) => officeAt(parsed.data, now);
}

function officeAt(hours: Hours, now: number): Office {
  const local = now + OFFSET;
  const today = Math.floor(local / DAY);
  const minute = minutes(new Date(local).toISOString().slice(11, 16));
  if (shiftsOn(hours, today).some(({ from, to }) => minutes(from) <= minute && minute < minutes(to))) {
    return { state: 'open' };
  }
  for (let ahead = 0; ahead <= 14; ahead += 1) {
    const next = shiftsOn(hours, today + ahead)
      .filter(({ from }) => ahead > 0 || minutes(from) > minute)
      .sort((a, b) => minutes(a.from) - minutes(b.from))[0];
    if (!next) continue;
    const opensOn = ahead === 0 ? 'today' : ahead === 1 ? 'tomorrow' : weekday(today + ahead);
    return { state: 'closed', opens: next.from, opensOn };
  }
  return { state: 'unknown' };
}

function shiftsOn(hours: Hours, day: number): Hours['weekly'] {
  if (hours.closed.includes(new Date(day * DAY).toISOString().slice(0, 10))) return [];
  return hours.weekly.filter(({ days }) => days.includes(weekday(day)));
}

/** Day 0 of 1970 was a Thursday. */
const weekday = (day: number): (typeof DAYS)[number] => DAYS[(day + 3) % 7] ?? 'mon';

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}
