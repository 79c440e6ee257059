import path from 'node:path';
import { loadTexts, type Voice } from '../texts/texts.js';
import { plainWords } from './plain-words.js';
import { readVoiceWords } from './voice.js';

const voices = readVoiceWords(loadTexts(path.join(process.cwd(), 'locales/vi/messages')));
const infer = (text: string, now?: Voice) =>
  voices.infer(text, plainWords(text), now, voices.ownAge(text, plainWords(text), now, false));

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
  ['tui 16 ở Nghệ An', 'teen'],
  ['em lớp 3', 'child'],
  ['em học lớp 8', 'teen'],
  ['7 tuổi', 'child'],
  ['3 tuổi mà chưa biết nói', undefined],
  ['chị gái tôi mất, cháu 9 tuổi ở với tôi', 'adult'],
  ['cháu ngoại tui 8 tuổi muốn ở với bà', 'adult'],
  ['Bà đây, cháu bà 8 tuổi không biết gõ', 'adult'],
  ['con 2 đứa', undefined],
  ['em sợ lắm', 'teen'],
  ['em là giáo viên', 'adult'],
  ['em có con học lớp 1', 'adult'],
  ['con vào lớp 1 thì cần hồ sơ gì', 'adult'],
  ['bà nội bảy mươi tuổi nuôi hai cháu mồ côi, cháu có được nhà nước cho tiền không', 'adult'],
  ['ngăn cản thăm con bị phạt thế nào', 'adult'],
  ['em có con mèo bị đau', 'teen'],
  ['ba không cho con vào nhà', undefined],
  ['hello', undefined],
  ['toi qua o nha', undefined],
  ['tối qua ở nhà', undefined],
])('%s: %s', (text, voice) => {
  expect(infer(text)).toBe(voice);
});

test('an adult who tells of children stays an adult; an age of their own decides', () => {
  expect(infer('con bị bạn đánh', 'adult')).toBe('adult');
  expect(infer('con 9 tuổi', 'adult')).toBe('adult');
  expect(infer('9 tuổi', 'adult')).toBe('adult');
  expect(voices.ownAge('9 tuổi', '9 tuoi', undefined, true)).toBeUndefined();
  expect(infer('em 15 tuổi', 'adult')).toBe('teen');
  expect(infer('em không biết', 'child')).toBe('child');
});
