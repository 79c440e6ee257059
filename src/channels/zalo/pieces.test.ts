import { loadTexts } from '../../texts/texts.js';
import { piecesOf, textMessage } from './pieces.js';
import { outgoing } from './testing/zalo-in-test.js';

const texts = loadTexts('locales/vi/messages');
const choices = (count: number, label = 'Lựa chọn') =>
  Array.from({ length: count }, (_, index) => ({ id: `c${index}`, label: `${label} ${index + 1}` }));
const sentence = (count: number) => Array.from({ length: count }, (_, n) => `Câu số ${n} ở đây.`).join(' ');

const wordsOf = (message: ReturnType<typeof outgoing>) =>
  piecesOf(message, texts).map((piece) => (piece.kind === 'text' ? piece.text : 'attachment'));

describe('a message in pieces for Zalo', () => {
  it('puts up to five choices under the last piece as buttons', () => {
    const [piece, ...more] = piecesOf(outgoing({ text: 'Chọn nhé', choices: choices(5) }), texts);
    if (piece?.kind !== 'text') throw new Error('It is no text.');
    expect(more).toEqual([]);
    expect(textMessage(piece, true)).toEqual({
      text: 'Chọn nhé',
      attachment: {
        type: 'template',
        payload: {
          buttons: choices(5).map(({ id, label }) => ({
            title: label,
            type: 'oa.query.hide',
            payload: `#ln~${id}`,
          })),
        },
      },
    });
    expect(textMessage(piece, false)).toEqual({
      text: 'Chọn nhé\n\n1. Lựa chọn 1\n2. Lựa chọn 2\n3. Lựa chọn 3\n4. Lựa chọn 4\n5. Lựa chọn 5',
    });
  });

  it.each([
    ['six choices', choices(6)],
    ['a label of more than 100 characters', choices(2, 'a'.repeat(99))],
    ['an id that no button carries', [{ id: 'a'.repeat(997), label: 'Một' }]],
  ])('makes a numbered list of %s', (_, list) => {
    const [piece] = piecesOf(outgoing({ choices: list }), texts);
    expect(piece).toMatchObject({ buttons: [], text: expect.stringContaining('\n\n1. ') });
  });

  it.each([1_990, 2_000, 2_001, 4_100])(
    'cuts %i characters so that buttons and list need the same number of pieces, none too long',
    (length) => {
      for (const count of [0, 3, 5, 16]) {
        const message = outgoing({ text: sentence(400).slice(0, length), choices: choices(count) });
        const pieces = piecesOf(message, texts);
        for (const piece of pieces) {
          if (piece.kind !== 'text') throw new Error('It is no text.');
          expect(piece.text.length).toBeLessThanOrEqual(2_000);
          expect(piece.withList.length).toBeLessThanOrEqual(2_000);
          expect(piece.text).not.toBe('');
        }
        const said = pieces.map((piece) => (piece.kind === 'text' ? piece.withList : '')).join(' ');
        for (const { label } of message.choices) expect(said).toContain(`. ${label}`);
        expect(said.replace(/\s+/g, ' ')).toContain(message.text.trim());
      }
    },
  );

  it('cuts a list that is longer than a message too', () => {
    const pieces = wordsOf(outgoing({ choices: choices(40, 'Một lựa chọn khá dài để đọc trên điện thoại') }));
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.every((piece) => piece.length <= 2_000)).toBe(true);
    expect(pieces.join('\n')).toContain('40. ');
  });

  it('counts after NFC', () => {
    const decomposed = 'ệ'.normalize('NFD').repeat(2_000);
    expect(wordsOf(outgoing({ text: decomposed }))).toEqual(['ệ'.repeat(2_000)]);
  });

  it('sends an attachment first and alone, then the words with the buttons', () => {
    const attachment = { kind: 'image', file: 'so.png', alt: 'Số 111' } as const;
    expect(wordsOf(outgoing({ text: 'Đây nhé', attachment, choices: choices(1) }))).toEqual([
      'attachment',
      'Đây nhé\n\nSố 111',
    ]);
    expect(wordsOf(outgoing({ text: '', attachment: { ...attachment, alt: '' } }))).toEqual(['attachment']);
  });
});
