import fc from 'fast-check';
import { splitText } from './split-text.js';

describe('a text in pieces', () => {
  it.each([
    ['what fits stays whole', 'Chào bạn.', 20, ['Chào bạn.']],
    ['nothing is one empty piece', '', 10, ['']],
    ['paragraphs come first', 'Một hai ba.\n\nBốn năm sáu bảy', 20, ['Một hai ba.', 'Bốn năm sáu bảy']],
    ['then lines', 'Một hai ba bốn\nnăm sáu bảy tám', 20, ['Một hai ba bốn', 'năm sáu bảy tám']],
    ['then sentences', 'Một hai ba bốn. Năm sáu bảy', 20, ['Một hai ba bốn.', 'Năm sáu bảy']],
    ['then words', 'một hai ba bốn năm sáu', 12, ['một hai ba', 'bốn năm sáu']],
    ['a word too long is cut', 'aaaaaaaaaaaa', 5, ['aaaaa', 'aaaaa', 'aa']],
    ['a cut far too early is not worth it', 'A.\n\nbbbbbbbb cccccc', 12, ['A.\n\nbbbbbbbb', 'cccccc']],
  ])('%s', (_what, text, limit, pieces) => {
    expect(splitText(text, limit)).toEqual(pieces);
  });

  it('loses no word, exceeds no limit and halves no character', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('trẻ', 'em', '😀', '. ', '\n', '\n\n', ' ', 'Gọi 111!'), { maxLength: 80 }),
        fc.integer({ min: 4, max: 40 }),
        (parts, limit) => {
          const text = parts.join('');
          const pieces = splitText(text, limit);
          expect(pieces.every((piece) => piece.length <= limit)).toBe(true);
          expect(pieces.every((piece) => !/\p{Surrogate}/u.test(piece))).toBe(true);
          expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        },
      ),
    );
  });
});
