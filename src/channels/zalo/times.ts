const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Viet Nam keeps UTC+7 all year. */
const VIETNAM = 7 * HOUR;
/** Clocks differ a little: what is due "when the minute turns" is tried this much later. */
const MARGIN = 1_000;

/** Milliseconds until the minute has turned: Zalo counts calls by the minute. */
export const untilNextMinute = (now: number): number => MINUTE - (now % MINUTE) + MARGIN;

/** Milliseconds until 06:00 in Viet Nam, when the hours end in which Zalo refuses some messages (22:00 to 06:00). */
export function untilMorning(now: number): number {
  const sinceMidnight = (now + VIETNAM) % (24 * HOUR);
  return ((6 * HOUR - sinceMidnight + 24 * HOUR) % (24 * HOUR)) + MARGIN;
}
