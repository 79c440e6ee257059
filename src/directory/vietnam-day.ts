const SEVEN_HOURS = 7 * 3_600_000;

/** The calendar day in Việt Nam (UTC+7, no summer time) as an ISO date: laws begin and end by it. @param at milliseconds since 1970 */
export const vietnamDay = (at: number): string => new Date(at + SEVEN_HOURS).toISOString().slice(0, 10);
