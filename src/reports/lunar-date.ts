/**
 * The Vietnamese lunar calendar, as far as public holidays need it. A month begins on the day (UTC+7) of the new moon; the
 * eleventh holds the winter solstice; of thirteen months between two solstices the first in which the sun enters no new
 * twelfth of its way is a leap month. Sun and moon after J. Meeus, Astronomical Algorithms (2nd ed.), chapters 25 and 49:
 * new moons within a minute, which the tests compare with calendars where the day turned on it.
 */

const DEGREE = Math.PI / 180;
const sin = (degrees: number): number => Math.sin(degrees * DEGREE);
/** Việt Nam is seven hours ahead, as a part of a day. */
const AHEAD = 7 / 24;
/** How much dynamical time was ahead of UTC between 2000 and 2040: 64 to 76 seconds, as a part of a day. */
const DELTA_T = 70 / 86_400;
/** Julian day number (at noon) of 1970-01-01. */
const UNIX_EPOCH = 2_440_588;
const MONTH = 29.530588861;

/** Arguments of the planets' corrections: degrees at the epoch, degrees a month, size in days. */
const PLANETS: readonly (readonly [number, number, number])[] = [
  [299.77, 0.107408, 0.000325],
  [251.88, 0.016321, 0.000165],
  [251.83, 26.651886, 0.000164],
  [349.42, 36.412478, 0.000126],
  [84.66, 18.206239, 0.00011],
  [141.74, 53.303771, 0.000062],
  [207.14, 2.453732, 0.00006],
  [154.84, 7.30686, 0.000056],
  [34.52, 27.261239, 0.000047],
  [207.19, 0.121824, 0.000042],
  [291.34, 1.844379, 0.00004],
  [161.72, 24.198154, 0.000037],
  [239.56, 25.513099, 0.000035],
  [331.55, 3.592518, 0.000023],
];

/** Julian day number of the day in Việt Nam on which the `k`th new moon after that of January 2000 falls. */
function newMoonDay(k: number): number {
  const t = k / 1236.85;
  const e = 1 - 0.002516 * t - 0.0000074 * t * t;
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t * t;
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t;
  const node = 160.7108 + 390.67050284 * k - 0.0016118 * t * t;
  const ascending = 124.7746 - 1.56375588 * k + 0.0020672 * t * t;
  const mean = 2_451_550.09766 + MONTH * k + 0.00015437 * t * t;
  const periodic =
    -0.4072 * sin(moon) +
    0.17241 * e * sin(sun) +
    0.01608 * sin(2 * moon) +
    0.01039 * sin(2 * node) +
    0.00739 * e * sin(moon - sun) -
    0.00514 * e * sin(moon + sun) +
    0.00208 * e * e * sin(2 * sun) -
    0.00111 * sin(moon - 2 * node) -
    0.00057 * sin(moon + 2 * node) +
    0.00056 * e * sin(2 * moon + sun) -
    0.00042 * sin(3 * moon) +
    0.00042 * e * sin(sun + 2 * node) +
    0.00038 * e * sin(sun - 2 * node) -
    0.00024 * e * sin(2 * moon - sun) -
    0.00017 * sin(ascending);
  const planets = PLANETS.reduce((sum, [start, speed, size], index) => {
    // Only the first has a term in t².
    const argument = start + speed * k - (index === 0 ? 0.009173 * t * t : 0);
    return sum + size * sin(argument);
  }, 0);
  return dayOf(mean + periodic + planets - DELTA_T);
}

/** The day in Việt Nam that holds this moment; Julian days begin at noon. */
const dayOf = (moment: number): number => Math.floor(moment + 0.5 + AHEAD);

/** In which twelfth (0 to 11) of its yearly way the sun stands when this day begins in Việt Nam. */
function sunTwelfth(day: number): number {
  const t = (day - 0.5 - AHEAD + DELTA_T - 2_451_545) / 36_525;
  const mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t;
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t * t;
  const centre =
    (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.000289 * sin(3 * anomaly);
  const apparent = mean + centre - 0.00569 - 0.00478 * sin(125.04 - 1934.136 * t);
  return Math.floor((((apparent % 360) + 360) % 360) / 30);
}

const DAY = 86_400_000;
const toIso = (day: number): string => new Date((day - UNIX_EPOCH) * DAY).toISOString().slice(0, 10);
const fromIso = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY + UNIX_EPOCH;

/** Which new moon begins the eleventh month of this year: the last one on or before the winter solstice. */
function eleventhMonth(year: number): number {
  let k = Math.floor((fromIso(`${year}-12-31`) - 2_451_550) / MONTH);
  while (newMoonDay(k + 1) <= fromIso(`${year}-12-31`)) k += 1;
  // Behind 270° it began after the solstice.
  return sunTwelfth(newMoonDay(k)) >= 9 ? k - 1 : k;
}

/**
 * The day of the sun calendar (ISO date) of a lunar day; the first of the first month is Tết. Right for 1970 to 2100 as far
 * as one may know; only months that are no leap months can be asked for.
 * @param day from 1; 0 is the last day of the month before
 */
export function lunarToSolar(year: number, month: number, day: number): string {
  const before = eleventhMonth(year - 1);
  const isLeapYear = eleventhMonth(year) - before === 13;
  let k = before;
  for (let name = 11, seenLeap = !isLeapYear; name < 12 + month; ) {
    k += 1;
    const isLeap = !seenLeap && sunTwelfth(newMoonDay(k)) === sunTwelfth(newMoonDay(k + 1));
    if (isLeap) seenLeap = true;
    else name += 1;
  }
  return toIso(newMoonDay(k) + day - 1);
}
