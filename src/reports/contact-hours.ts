/**
 * When the reporter lets us write to their phone, in hours of Việt Nam. Whoever allowed it but chose no time is written to by
 * day only: a phone that sounds at night may be heard by others.
 */
export const CONTACT_HOURS = ['any', 'morning', 'afternoon', 'evening'] as const;
export type ContactHours = (typeof CONTACT_HOURS)[number];

/** From this full hour, and before that one. */
const WINDOWS: Readonly<Record<ContactHours | 'unsaid', readonly [number, number]>> = {
  any: [0, 24],
  morning: [6, 11],
  afternoon: [12, 17],
  evening: [18, 21],
  unsaid: [7, 21],
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Việt Nam is seven hours ahead, the whole year. */
const AHEAD = 7 * HOUR;

/** The first moment at or after `now` (milliseconds since 1970) at which we may write. */
export function nextAllowed(hours: ContactHours | undefined, now: number): number {
  const [from, until] = WINDOWS[hours ?? 'unsaid'];
  const intoDay = (((now + AHEAD) % DAY) + DAY) % DAY;
  const dayBegan = now - intoDay;
  if (intoDay < from * HOUR) return dayBegan + from * HOUR;
  return intoDay < until * HOUR ? now : dayBegan + DAY + from * HOUR;
}
