import { codeAlone, codeIn } from './reporter-code.js';

const CODE = '0912345678\n0387654321';

test.each([
  '0912345678 0387654321',
  '0912 345 678\n0387 654 321',
  '0912.345.678 / 0387.654.321',
  '+84912345678, 0387654321',
  '0912345678 và 0387654321',
])('"%s" alone is the code', (text) => {
  expect(codeAlone(text, false)).toBe(CODE);
});

test('two numbers within a story are no code, unless a code was asked for', () => {
  const story = 'số của ổng là 0912345678 với 0387654321';
  expect(codeAlone(story, false)).toBeUndefined();
  expect(codeAlone('mã của tôi là 0912345678 và 0387654321', true)).toBe(CODE);
  expect(codeIn(story)).toBe(CODE);
});

test.each(['0912345678', '111', '0912345678 0387654321 0777777777', '0212345678 0387654321', 'gửi tin báo'])(
  '"%s" is no code',
  (text) => {
    expect(codeIn(text)).toBeUndefined();
  },
);
