import { z } from 'zod';
import { readDataFile } from '../directory/data-file.js';
import { lunarToSolar } from './lunar-date.js';
import type { Calendar } from './working-days.js';

const days = z.array(z.iso.date());
const schema = z.strictObject({
  years: z.record(
    z.string().regex(/^20\d\d$/),
    z.strictObject({
      /** Number and date of the announcement. */
      source: z.string().min(1),
      confirmed_on: z.iso.date(),
      days_off: days,
      /** Saturdays and Sundays that are worked. */
      working_days: days,
    }),
  ),
  every_year: z.array(
    z.strictObject({ day: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/), name: z.string() }),
  ),
  lunar: z.array(
    z.strictObject({
      month: z.number().int().min(1).max(12),
      day: z.number().int().min(0).max(30),
      name: z.string(),
    }),
  ),
});
export type Holidays = z.output<typeof schema>;

/** Reads data/holidays.yaml. @throws DirectoryDataError with the cause when it is broken, also when a day stands under another year. */
export function loadHolidays(root: string): Holidays {
  return readDataFile(
    root,
    'holidays.yaml',
    schema.superRefine(({ years }, context) => {
      for (const [year, { days_off, working_days }] of Object.entries(years))
        for (const day of [...days_off, ...working_days])
          if (!day.startsWith(`${year}-`))
            context.addIssue({ code: 'custom', message: `${day} stands under ${year}.` });
    }),
  );
}

/** Working days: Monday to Friday without the holidays, and the days that are worked instead. */
export function createCalendar({ years, every_year, lunar }: Holidays): Calendar {
  const known = new Map<
    string,
    { readonly off: ReadonlySet<string>; readonly worked: ReadonlySet<string> }
  >();
  const yearOf = (year: string) => {
    const before = known.get(year);
    if (before) return before;
    const announced = years[year];
    const made = {
      off: new Set([
        ...every_year.map(({ day }) => `${year}-${day}`),
        ...lunar.map(({ month, day }) => lunarToSolar(Number(year), month, day)),
        ...(announced?.days_off ?? []),
      ]),
      worked: new Set(announced?.working_days ?? []),
    };
    known.set(year, made);
    return made;
  };
  return {
    isWorkingDay(day) {
      const { off, worked } = yearOf(day.slice(0, 4));
      if (worked.has(day)) return true;
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
      return weekday !== 0 && weekday !== 6 && !off.has(day);
    },
    isConfirmed: (year) => years[String(year)] !== undefined,
  };
}

/** Years whose announced holidays are to be entered now: this one, and from October the next. @param today ISO date in Việt Nam */
export function yearsToEnter(calendar: Calendar, today: string): number[] {
  const year = Number(today.slice(0, 4));
  const wanted = today.slice(5, 7) >= '10' ? [year, year + 1] : [year];
  return wanted.filter((each) => !calendar.isConfirmed(each));
}
