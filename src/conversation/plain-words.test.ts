import fc from 'fast-check';
import { plainWords, plainWordsSlowly, writtenWords } from './plain-words.js';

test.each([
  ['Thôiiii, con KHÔNG biết…', 'thoi con khong biet'],
  ['đánh  con!!!', 'danh con'],
  ['1/6, 222222', '1/6 222222'],
  ['😢 buồn', 'buon'],
])('%s is plainly "%s"', (text, plain) => {
  expect(plainWords(text)).toBe(plain);
});

test('reading letter by letter says the same as reading the whole, whatever is written', () => {
  const latin = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'aaâấđĐờỹ Ññßıİª²½×÷/.,-!?\t\n0123ợợợ…“”'),
      fc.integer({ min: 1, max: 0x24f }).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0x1e00, max: 0x1fff }).map((unit) => String.fromCharCode(unit)),
    ),
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.oneof(latin, fc.string({ unit: 'binary', maxLength: 40 })), (text) => {
      expect(plainWords(text)).toBe(plainWordsSlowly(text));
      const written = text
        .normalize('NFC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
      expect(writtenWords(text)).toBe(written);
    }),
    { numRuns: 5_000 },
  );
});
