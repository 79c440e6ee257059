import type { Texts, TextValues } from '../texts/texts.js';

const ZONE = 'Asia/Ho_Chi_Minh';
const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const exactClock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const day = new Intl.DateTimeFormat('vi-VN', {
  timeZone: ZONE,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});

/** What pages need to speak: the catalogue, and times as people in Viet Nam read them. */
export interface Words {
  say(key: string, values?: TextValues): string;
  /** The text when the catalogue has it, otherwise undefined: for keys that come from data. */
  ifKnown(key: string): string | undefined;
  /** "14:05 hôm nay", "14:05 ngày 03/11/2026". */
  moment(at: Date): string;
  /** The same with its day also when that is today, for paper. */
  dated(at: Date): string;
  /** An ISO date as people read it: "03/11/2026". */
  date(iso: string): string;
  /** The clock of the service to the second, to compare a telephone with: "14:05:09". */
  clock(): string;
  /** How long until a deadline, or how long it has passed: "còn 25 phút", "quá hạn 2 giờ". */
  left(until: Date): string;
  /** The bare length of that time: "25 phút". */
  span(until: Date): string;
  /** The moment these words are spoken, in milliseconds since 1970. */
  readonly now: number;
}

/** Words as of `now`; made anew for every page. Staff are adults. */
export function wordsAt(texts: Texts, now: number): Words {
  const say = (key: string, values?: TextValues) => texts.say(key, 'adult', values);
  const span = (until: Date) => {
    const { unit, n } = spanOf(Math.round(Math.abs(until.getTime() - now) / 60_000));
    return say(`time.${unit}`, { n });
  };
  return {
    now,
    say,
    ifKnown: (key) => (texts.has(key) ? say(key) : undefined),
    moment: (at) =>
      day.format(at) === day.format(now)
        ? say('time.today', { time: clock.format(at) })
        : say('time.other_day', { time: clock.format(at), day: day.format(at) }),
    dated: (at) => say('time.other_day', { time: clock.format(at), day: day.format(at) }),
    date: (iso) => iso.split('-').reverse().join('/'),
    clock: () => exactClock.format(now),
    span,
    left: (until) => say(until.getTime() < now ? 'time.late' : 'time.left', { span: span(until) }),
  };
}

/** The largest unit that still tells enough: minutes to 90, hours to two days, then days. */
function spanOf(minutes: number): { unit: 'minutes' | 'hours' | 'days'; n: number } {
  if (minutes < 90) return { unit: 'minutes', n: minutes };
  if (minutes < 48 * 60) return { unit: 'hours', n: Math.round(minutes / 60) };
  return { unit: 'days', n: Math.round(minutes / (24 * 60)) };
}
