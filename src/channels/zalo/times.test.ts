import { untilMorning, untilNextMinute } from './times.js';

const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 24, hour, minute) - 7 * 3_600_000; // Viet Nam time

describe('when to come back', () => {
  it.each([
    [at(22), 8 * 3_600_000 + 1_000],
    [at(23, 30), 6.5 * 3_600_000 + 1_000],
    [at(0), 6 * 3_600_000 + 1_000],
    [at(5, 59), 61_000],
  ])('waits until six in the morning in Viet Nam (%i)', (now, milliseconds) => {
    expect(untilMorning(now)).toBe(milliseconds);
  });

  it('waits until the minute has turned', () => {
    expect(untilNextMinute(at(9) + 15_000)).toBe(46_000);
    expect(untilNextMinute(at(9))).toBe(61_000);
  });
});
