import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { makeCode, readCode, writeCode } from './code.js';

describe('the code', () => {
  it('reads back whatever it made, as written', () => {
    for (let i = 0; i < 500; i += 1) {
      const code = makeCode(randomBytes);
      expect(readCode(writeCode(code))).toEqual(code);
      expect(readCode(`${code.first}${'\n'}${code.second}`)).toEqual(code);
    }
  });

  it.each([
    ['two lines', '0912 345 678\n0387 654 321'],
    ['one line', '0912345678 0387654321'],
    ['dots and words', 'mã của con: 0912.345.678 và 0387.654.321 ạ'],
    ['+84', '+84912345678, +84 387 654 321'],
    ['full-width digits', '０９１２３４５６７８ ０３８７６５４３２１'],
    ['an age beside it', 'con 12 tuổi, 0912345678 - 0387654321'],
  ])('understands %s', (_name, text) => {
    expect(readCode(text)).toEqual({ first: '0912345678', second: '0387654321' });
  });

  it.each([
    '',
    '0912345678',
    '111',
    '0912345678 0387654321 0977777777',
    '0212345678 0387654321',
    '09123456789 0387654321',
  ])('takes "%s" for no code', (text) => {
    expect(readCode(text)).toBeUndefined();
  });

  it('never fails on odd input', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        (text) => readCode(text) === undefined || true,
      ),
    );
  });

  it('spreads evenly over the allowed digits', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 5000; i += 1) {
      const { first } = makeCode(randomBytes);
      const second = first[1] ?? '';
      counts.set(second, (counts.get(second) ?? 0) + 1);
    }
    expect([...counts.keys()].sort().join('')).toBe('35789');
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });
});
