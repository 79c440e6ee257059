import { composeSentences } from './compose.js';

const parts = new Map([['who', ['ba', 'dượng']]]);

describe('a line that stands for several sentences', () => {
  test('without choices it is itself', () => {
    expect(composeSentences('ba đánh em', parts)).toEqual(['ba đánh em']);
  });
  test('every sentence takes one of each choice, a part or nothing where nothing may stand', () => {
    const sentences = composeSentences('<who> (đánh|la) em[ hoài]', parts);
    expect(sentences.length).toBeGreaterThan(4);
    for (const sentence of sentences) expect(sentence).toMatch(/^(ba|dượng) (đánh|la) em( hoài)?$/);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
  test('the same line gives the same sentences each time, and no more than a dozen', () => {
    const line = '(a|b|c|d|e) (1|2|3|4|5) (x|y|z)';
    expect(composeSentences(line, parts)).toEqual(composeSentences(line, parts));
    expect(composeSentences(line, parts)).toHaveLength(12);
  });
  test('a broken line is named', () => {
    expect(() => composeSentences('(ba|mẹ đánh em', parts)).toThrow('is not closed');
    expect(() => composeSentences('<ai> đánh em', parts)).toThrow('no part <ai>');
  });
});
