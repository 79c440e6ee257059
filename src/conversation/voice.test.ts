import path from 'node:path';
import { loadTexts, type Voice } from '../texts/texts.js';
import { plainWords } from './plain-words.js';
import { readVoiceWords } from './voice.js';

const voices = readVoiceWords(loadTexts(path.join(process.cwd(), 'locales/vi/messages')));
const infer = (text: string, now?: Voice) =>
  voices.infer(text, plainWords(text), now, voices.age(plainWords(text)));

test.each<[string, Voice | undefined]>([
  ['cho con hỏi', 'child'],
  ['con bị mấy bạn chọc', 'child'],
  ['con 8 tuoi', 'child'],
  ['em 15t', 'teen'],
  ['em năm nay 11 tuổi ạ', 'child'],
  ['con toi 5 tuoi', 'adult'],
  ['em 16 tuổi', 'teen'],
  ['tôi 15 tuổi', 'teen'],
  ['con gái tôi 7 tuổi bị chọc', 'adult'],
  ['con gái tôi hay khóc', 'adult'],
  ['tui hỏi chút', 'adult'],
  ['em sợ lắm', 'teen'],
  ['em là giáo viên', 'adult'],
  ['hello', undefined],
  ['toi qua o nha', undefined],
  ['tối qua ở nhà', undefined],
])('%s: %s', (text, voice) => {
  expect(infer(text)).toBe(voice);
});

test('an adult who tells of children stays an adult, an age decides', () => {
  expect(infer('con bị bạn đánh', 'adult')).toBe('adult');
  expect(infer('con 9 tuổi', 'adult')).toBe('child');
  expect(infer('em không biết', 'child')).toBe('child');
});
