import { vietnamDay } from '../directory/vietnam-day.js';
import type { Texts } from '../texts/texts.js';
import type { DateAnswer } from './answer-value.js';
import { listOf, plainWords } from './plain-words.js';

const DAY = 86_400_000;
const MAX_WORDS = 300;
/** Days of each unit in "three weeks ago"; how wide the answer is, too. */
const UNITS = { day: 1, week: 7, month: 30, year: 365 } as const;
type Unit = keyof typeof UNITS;

export interface DateWords {
  /** The day told in words, seen from `now`. The words are always there, the days only when they name some in the past. */
  read(text: string, now: number): DateAnswer;
}

/** Reads the words for days from read.yaml, e.g. "hôm qua", "tuần trước", "thứ hai". */
export function readDateWords(texts: Texts): DateWords {
  const list = (key: string) =>
    (texts.has(key) ? listOf(texts.say(key)) : []).map(plainWords).sort((a, b) => b.length - a.length);
  const anyOf = (key: string) => list(key).join('|') || '(?!)';
  const says = (key: string) => new RegExp(`(?:^| )(?:${anyOf(key)})(?: |$)`);
  const fixed = [0, 1, 2].map((ago) => ({ ago, pattern: says(`read.day_${ago}`) }));
  const last = (['week', 'month', 'year'] as const).map((unit) => ({
    unit,
    pattern: says(`read.last_${unit}`),
  }));
  const lastWeek = says('read.last_week');
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, pattern: says(`read.weekday_${day}`) }));
  const numbers = new Map(
    (texts.has('read.numbers') ? listOf(texts.say('read.numbers')) : []).map((entry): [string, number] => {
      const match = /^(.*) (\d+)$/.exec(entry);
      return [plainWords(match?.[1] ?? ''), Number(match?.[2])];
    }),
  );
  const count = `(\\d{1,2}|${[...numbers.keys()].filter((words) => words !== '').join('|')})`;
  const ago = (['day', 'week', 'month', 'year'] as const).map((unit) => ({
    unit,
    pattern: new RegExp(
      `(?:^| )${count} (?:${anyOf(`read.unit_${unit}`)})(?: (?:${anyOf('read.ago')}))(?: |$)`,
    ),
  }));
  const calendar = new RegExp(
    `(?:^|[^\\d/-])(\\d{1,2})(?:\\s*[/.-]\\s*|\\s+(?:${anyOf('read.unit_month')})\\s+)(\\d{1,2})(?:\\s*[/.-]\\s*(\\d{4}))?(?![\\d/])`,
  );

  const daysMeant = (text: string, now: number): { from: string; to: string } | undefined => {
    const plain = plainWords(text);
    const named = calendar.exec(plainWords(text.replace(/[.-]/g, '/')));
    if (named) return calendarDay(named, now);
    const weekday = weekdays.find(({ pattern }) => pattern.test(plain));
    if (weekday && lastWeek.test(plain)) {
      return single(now, sinceWeekday(now, weekday.day) + weekOffset(now, weekday.day));
    }
    for (const { unit, pattern } of ago) {
      const told = pattern.exec(plain)?.[1];
      if (told !== undefined) return back(now, (numbers.get(told) ?? Number(told)) * UNITS[unit], unit);
    }
    const span = last.find(({ pattern }) => pattern.test(plain));
    if (span) return back(now, UNITS[span.unit], span.unit);
    // "Tối qua" is yesterday though "tối" alone may be today: the farther day is asked first.
    const day = fixed.toReversed().find(({ pattern }) => pattern.test(plain));
    if (day) return single(now, day.ago);
    return weekday && single(now, sinceWeekday(now, weekday.day));
  };

  return {
    read: (text, now) => ({ words: text.trim().slice(0, MAX_WORDS), ...daysMeant(text, now) }),
  };
}

function single(now: number, ago: number): { from: string; to: string } {
  const day = vietnamDay(now - ago * DAY);
  return { from: day, to: day };
}

/** So many days ago; for longer units the span around it, as nobody remembers a month to the day. */
function back(now: number, days: number, unit: Unit): { from: string; to: string } {
  const slack = Math.floor(UNITS[unit] / 2);
  return {
    from: vietnamDay(now - (days + slack) * DAY),
    to: vietnamDay(now - Math.max(0, days - slack) * DAY),
  };
}

/** 1 Monday … 7 Sunday, in Việt Nam. */
const weekdayOf = (now: number): number =>
  ((new Date(`${vietnamDay(now)}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** Days since that weekday was last; 0 when it is today. */
const sinceWeekday = (now: number, day: number): number => (weekdayOf(now) - day + 7) % 7;

/** "Thứ hai tuần trước" is in the week before this one, even when Monday was only days ago. */
const weekOffset = (now: number, day: number): number => (day <= weekdayOf(now) ? 7 : 0);

/** "15/11" is the last one; a day that is none, or still to come in a year that was named, is left as words. */
function calendarDay(found: RegExpExecArray, now: number): { from: string; to: string } | undefined {
  const today = vietnamDay(now);
  const inYear = (year: number): string | undefined => {
    const day = new Date(Date.UTC(year, Number(found[2]) - 1, Number(found[1])));
    const isReal = day.getUTCMonth() === Number(found[2]) - 1 && day.getUTCDate() === Number(found[1]);
    return isReal ? day.toISOString().slice(0, 10) : undefined;
  };
  const thisYear = Number(today.slice(0, 4));
  const named = found[3] === undefined ? undefined : inYear(Number(found[3]));
  const years = found[3] === undefined ? [inYear(thisYear), inYear(thisYear - 1)] : [named];
  const day = years.find((each) => each !== undefined && each <= today);
  return day === undefined ? undefined : { from: day, to: day };
}
