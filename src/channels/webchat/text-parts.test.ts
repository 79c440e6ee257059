import { emergencyNumbers, textParts } from './text-parts.js';

const notAfter = 'điều, khoản, lớp';
const calls = (text: string) => emergencyNumbers(text, notAfter);

describe('emergency numbers in a text', () => {
  it.each([
    ['Gọi 111 hoặc 113.', ['111', '113']],
    ['**115**, rồi 111: miễn phí', ['115', '111']],
    ['gọi 111/113 ngay', ['111', '113']],
    ['Điều 111 và khoản 113', []],
    ['điều  114', []],
    ['chiều 114', ['114']],
    ['Nghị định 111/2013/NĐ-CP', []],
    ['1.113 em, 111,5 và 1113', []],
    ['0111 và 113a', []],
    ['110 và 116', []],
  ])('%s → %j', (text, expected) => {
    expect(calls(text)).toEqual(expected);
  });
});

describe('parts of a text', () => {
  it('joined again give the text without its asterisks', () => {
    const text = '**Có.** Gọi **111** hay 113, Điều 115 <b>';
    const joined = textParts(text, notAfter)
      .map((part) => part.text)
      .join('');
    expect(joined).toBe(text.replaceAll('**', ''));
  });

  it('mark what is strong, and leave a lone pair of asterisks without effect', () => {
    expect(textParts('**Có.** Không', notAfter)).toEqual([
      { text: 'Có.', strong: true },
      { text: ' Không', strong: false },
    ]);
    expect(textParts('a ** b', notAfter).some((part) => part.strong)).toBe(false);
  });
});
