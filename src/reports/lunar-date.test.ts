import { lunarToSolar } from './lunar-date.js';

describe('the lunar calendar of Việt Nam', () => {
  it.each([
    // The new moon fell between midnight in Hà Nội and midnight in Beijing: Việt Nam began its year apart.
    [1985, '1985-01-21'],
    [2007, '2007-02-17'],
    [2030, '2030-02-02'],
    [2023, '2023-01-22'],
    [2024, '2024-02-10'],
    [2025, '2025-01-29'],
    [2026, '2026-02-17'],
    [2027, '2027-02-06'],
    [2028, '2028-01-26'],
    [2029, '2029-02-13'],
    [2031, '2031-01-23'],
    [2032, '2032-02-11'],
    [2033, '2033-01-31'],
    // 2033 has its leap month after the eleventh, which simpler rules miss.
    [2034, '2034-02-19'],
    [2035, '2035-02-08'],
  ])('begins the year %i on %s', (year, day) => {
    expect(lunarToSolar(year, 1, 1)).toBe(day);
  });

  it.each([
    [2023, '2023-04-29'],
    [2024, '2024-04-18'],
    [2025, '2025-04-07'],
    [2026, '2026-04-26'],
  ])('puts the tenth of the third month of %i on %s', (year, day) => {
    expect(lunarToSolar(year, 3, 10)).toBe(day);
  });

  it.each([
    ['after a leap sixth month', 2025, 8, 15, '2025-10-06'],
    ['after a leap second month', 2023, 8, 15, '2023-09-29'],
    ['in a plain year', 2024, 8, 15, '2024-09-17'],
  ])('finds the middle of the eighth month %s', (_what, year, month, day, solar) => {
    expect(lunarToSolar(year, month, day)).toBe(solar);
  });

  it('agrees with the Chinese calendar of ICU in every year in which the new moon is not close to midnight', () => {
    const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', {
      timeZone: 'Asia/Shanghai',
      month: 'numeric',
      day: 'numeric',
    });
    // Within a few minutes of midnight in Beijing ICU's own astronomy is not exact enough, or the two countries differ.
    const close = [1985, 2007, 2027, 2030];
    const years = Array.from({ length: 70 }, (_, index) => 1980 + index).filter(
      (year) => !close.includes(year),
    );
    const firstDays = years.map((year) =>
      chinese
        .format(new Date(`${lunarToSolar(year, 1, 1)}T04:00:00Z`))
        .replace(/\D+/g, ' ')
        .trim(),
    );
    expect(new Set(firstDays)).toEqual(new Set(['1 1']));
  });
});
