import type { Outgoing } from '../conversation/message.js';
import { loadTexts } from '../texts/texts.js';
import { numberedChoices, plainText } from './plain.js';

const texts = loadTexts('locales/vi/messages');
const message = (more: Partial<Outgoing>): Outgoing => ({
  id: 'o1',
  kind: 'answer',
  text: 'Gọi **111**.',
  choices: [],
  sources: [],
  ...more,
});

describe('a message as plain words', () => {
  it('has no marks of emphasis', () => {
    expect(plainText(message({}), texts)).toBe('Gọi 111.');
  });

  it('ends with its sources', () => {
    const sources = [
      { label: 'Luật Trẻ em 2016, Điều 6', effectiveFrom: '2017-06-01' },
      { label: 'Nghị định 56/2017/NĐ-CP, Điều 22', effectiveFrom: '2017-07-01' },
    ];
    expect(plainText(message({ sources }), texts)).toBe(
      'Gọi 111.\n\nCăn cứ: Luật Trẻ em 2016, Điều 6; Nghị định 56/2017/NĐ-CP, Điều 22',
    );
  });

  it('says what a picture shows', () => {
    const attachment = { kind: 'image', file: 'so.png', alt: 'Năm số khẩn cấp.' } as const;
    expect(plainText(message({ attachment }), texts)).toBe('Gọi 111.\n\nNăm số khẩn cấp.');
  });

  it('numbers choices in their order', () => {
    const choices = [
      { id: 'a', label: 'Có' },
      { id: 'b', label: 'Không' },
    ];
    expect(numberedChoices(message({ choices }))).toBe('1. Có\n2. Không');
    expect(numberedChoices(message({}))).toBe('');
  });
});
