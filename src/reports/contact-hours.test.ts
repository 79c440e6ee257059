import fc from 'fast-check';
import { CONTACT_HOURS, nextAllowed } from './contact-hours.js';

const at = (text: string) => Date.parse(`${text}+07:00`);

test.each([
  ['evening', '2026-11-02T19:30', '2026-11-02T19:30'],
  ['evening', '2026-11-02T21:00', '2026-11-03T18:00'],
  ['morning', '2026-11-02T02:00', '2026-11-02T06:00'],
  ['afternoon', '2026-12-31T17:00', '2027-01-01T12:00'],
  ['any', '2026-11-02T03:00', '2026-11-02T03:00'],
  [undefined, '2026-11-02T23:10', '2026-11-03T07:00'],
  [undefined, '2026-11-02T20:59', '2026-11-02T20:59'],
] as const)('%s: what staff write at %s goes out at %s', (hours, now, then) => {
  expect(nextAllowed(hours, at(now))).toBe(at(then));
});

test('it is never before now, never more than a day off, and then it is allowed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(undefined, ...CONTACT_HOURS),
      fc.integer({ min: 0, max: 4e12 }),
      (hours, now) => {
        const then = nextAllowed(hours, now);
        expect(then).toBeGreaterThanOrEqual(now);
        expect(then - now).toBeLessThan(24 * 3_600_000);
        expect(nextAllowed(hours, then)).toBe(then);
      },
    ),
  );
});
