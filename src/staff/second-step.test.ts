import { inGroups, newRecoveryCodes, readRecoveryCode } from './recovery-codes.js';
import { pauseAfter } from './second-step.js';
import { checkTotp, newTotpSecret, totpAddress } from './totp.js';

/** The secret of RFC 6238, appendix B: "12345678901234567890" in base32. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [1234567890, '005924'],
  [1111111109, '081804'],
  [2000000000, '279037'],
])('the code of second %i is the one of RFC 6238', (second, code) => {
  const step = Math.floor(second / 30);
  const check = (now: number, lastStep?: number) =>
    checkTotp({ secret: RFC_SECRET, code, now: now * 1000, lastStep });
  expect(check(second)).toEqual({ kind: 'right', step });
  expect(check(second + 30)).toEqual({ kind: 'right', step });
  expect(check(second - 30)).toEqual({ kind: 'right', step });
  expect(check(second - 60)).toEqual({ kind: 'wrong' });
  expect(check(second + 180)).toEqual({ kind: 'old', minutes: 3 });
  expect(check(second, step - 1)).toEqual({ kind: 'right', step });
  expect(check(second, step)).toEqual({ kind: 'used' });
  expect(check(second, step + 1)).toEqual({ kind: 'used' });
});

test('a secret is 160 bits, and its address is plain letters that every app reads', () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(newTotpSecret());
  expect(totpAddress(RFC_SECRET, 'Lắng Nghe', 'hoa')).toMatch(
    /^otpauth:\/\/totp\/L%E1%BA%AFng%20Nghe:hoa\?secret=GEZ[A-Z2-7]+&issuer=L%E1%BA%AFng(%20|\+)Nghe/,
  );
});

test('a recovery code is read however it was typed from paper, and nothing else is one', () => {
  const [code = ''] = newRecoveryCodes((count) => Buffer.alloc(count, 1).fill(0, 6));
  expect(code).toBe('111111000000');
  expect(inGroups(code)).toBe('1111 1100 0000');
  for (const typed of ['1111-1100-0000', ' iIlL 11oo OO00 ', '111111000000'])
    expect(readRecoveryCode(typed)).toBe(code);
  for (const typed of ['', '123456', '1111-1100-000', '1111-1100-000u'])
    expect(readRecoveryCode(typed)).toBeUndefined();
});

test('each fifth wrong code in a row costs a longer pause, up to four hours', () => {
  const minutes = [1, 4, 5, 6, 10, 15, 20, 100].map((tries) => pauseAfter(tries) / 60_000);
  expect(minutes).toEqual([0, 0, 15, 0, 60, 240, 240, 240]);
});
