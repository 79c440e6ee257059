import fc from 'fast-check';
import { vietnamDay } from '../directory/vietnam-day.js';
import { createCalendar, loadHolidays, yearsToEnter } from './holidays.js';
import { addWorkingDays, dueAt, unconfirmedYears } from './working-days.js';

const usual = loadHolidays(process.cwd());
const calendar = createCalendar(usual);
const announced = createCalendar({
  ...usual,
  years: {
    '2027': {
      source: 'a test',
      confirmed_on: '2026-11-30',
      days_off: ['2027-02-09'],
      working_days: ['2027-02-20'],
    },
  },
});
const at = (text: string) => new Date(`${text}+07:00`);
const someDay = fc
  .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2035-12-01') })
  .map((milliseconds) => vietnamDay(milliseconds));

describe('working days', () => {
  it.each([
    ['from Thursday over the weekend', '2026-11-26', 5, '2026-12-03'],
    ['from Saturday', '2026-11-28', 1, '2026-11-30'],
    ['over New Year, a Friday', '2026-12-31', 1, '2027-01-04'],
    ['over the four sure days of Tết 2027 (5 to 8 February)', '2027-02-04', 1, '2027-02-09'],
    ['over the Kings’ day 2026, a Sunday, and the two days around 1 May', '2026-04-28', 2, '2026-05-04'],
    ['none', '2026-11-28', 0, '2026-11-28'],
  ])('%s', (_what, day, count, result) => {
    expect(addWorkingDays(calendar, day, count)).toBe(result);
  });

  it('follow what was announced: one more day off at Tết, a Saturday worked instead', () => {
    expect(addWorkingDays(announced, '2027-02-04', 1)).toBe('2027-02-10');
    expect(addWorkingDays(announced, '2027-02-19', 1)).toBe('2027-02-20');
  });

  it('are exactly as many as asked, end on one, and add up', () => {
    fc.assert(
      fc.property(
        someDay,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        (day, one, other) => {
          const end = addWorkingDays(announced, day, one);
          expect(announced.isWorkingDay(end)).toBe(true);
          let counted = 0;
          for (let t = Date.parse(day); vietnamDay(t) < end; ) {
            t += 86_400_000;
            if (announced.isWorkingDay(vietnamDay(t))) counted += 1;
          }
          expect(counted).toBe(one);
          expect(addWorkingDays(announced, end, other)).toBe(addWorkingDays(announced, day, one + other));
        },
      ),
    );
  });

  it('never end sooner for a later day, nor with one more day off', () => {
    fc.assert(
      fc.property(someDay, someDay, fc.integer({ min: 0, max: 10 }), (one, other, count) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        expect(addWorkingDays(calendar, early, count) <= addWorkingDays(calendar, late, count)).toBe(true);
        const more = createCalendar({
          ...usual,
          every_year: [...usual.every_year, { day: late.slice(5), name: 'x' }],
        });
        expect(addWorkingDays(more, early, count) >= addWorkingDays(calendar, early, count)).toBe(true);
      }),
    );
  });

  it('are refused where nobody ever works', () => {
    expect(() =>
      addWorkingDays({ isWorkingDay: () => false, isConfirmed: () => true }, '2026-01-01', 1),
    ).toThrow();
  });
});

describe('when a deadline ends', () => {
  it('hours run day and night, also over Tết', () => {
    expect(dueAt(calendar, at('2027-02-05T20:00'), { hours: 12 })).toEqual(at('2027-02-06T08:00'));
    expect(dueAt(calendar, at('2027-02-05T23:50'), { minutes: 15 })).toEqual(at('2027-02-06T00:05'));
  });

  it.each([
    ['2026-11-26T00:00', '2026-12-04T00:00'],
    ['2026-11-26T23:59', '2026-12-04T00:00'],
    ['2026-11-28T09:00', '2026-12-05T00:00'],
  ])('five working days that began at %s end at %s, at midnight in Việt Nam', (from, until) => {
    expect(dueAt(calendar, at(from), { working_days: 5 })).toEqual(at(until));
  });

  it('is never before it began, and at most a day later for a day later', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2026-01-01T00:00'), max: at('2035-12-01T00:00'), noInvalidDate: true }),
        fc.oneof(
          fc.record({ hours: fc.integer({ min: 1, max: 200 }) }),
          fc.record({ working_days: fc.integer({ min: 1, max: 20 }) }),
        ),
        (from, length) => {
          const later = new Date(from.getTime() + 3_600_000);
          expect(dueAt(calendar, from, length).getTime()).toBeGreaterThan(from.getTime());
          expect(dueAt(calendar, later, length).getTime()).toBeGreaterThanOrEqual(
            dueAt(calendar, from, length).getTime(),
          );
        },
      ),
    );
  });

  it('is provisional over years that nobody has entered', () => {
    expect(unconfirmedYears(announced, at('2026-12-30T08:00'), at('2027-01-05T00:00'))).toEqual([2026]);
    expect(unconfirmedYears(announced, at('2027-02-01T08:00'), at('2027-02-05T00:00'))).toEqual([]);
    expect(yearsToEnter(announced, '2027-09-30')).toEqual([]);
    expect(yearsToEnter(announced, '2027-10-01')).toEqual([2028]);
  });
});
