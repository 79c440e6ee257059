import path from 'node:path';
import { loadTexts } from '../texts/texts.js';
import { plainWords } from './plain-words.js';
import { readDateWords } from './read-date.js';
import { readNumberWords } from './read-number.js';

const texts = loadTexts(path.join(process.cwd(), 'locales/vi/messages'));
const dates = readDateWords(texts);
const numbers = readNumberWords(texts);
/** Wednesday, 25 November 2026, 10:00 in Việt Nam. */
const NOW = Date.UTC(2026, 10, 25, 3, 0);

test.each([
  ['sáng nay', '2026-11-25', '2026-11-25'],
  ['dạ mới hồi nãy', '2026-11-25', '2026-11-25'],
  ['tối qua', '2026-11-24', '2026-11-24'],
  ['toi qua luc 8h', '2026-11-24', '2026-11-24'],
  ['bữa kia', '2026-11-23', '2026-11-23'],
  ['thứ hai', '2026-11-23', '2026-11-23'],
  ['thứ 5 tuần trước', '2026-11-19', '2026-11-19'],
  ['thứ hai tuần rồi', '2026-11-16', '2026-11-16'],
  ['3 bữa trước', '2026-11-22', '2026-11-22'],
  ['cách đây hai tuần rồi', '2026-11-08', '2026-11-14'],
  ['tuần trước', '2026-11-15', '2026-11-21'],
  ['15/11', '2026-11-15', '2026-11-15'],
  ['ngày 2 tháng 12', '2025-12-02', '2025-12-02'],
  ['20-10-2026', '2026-10-20', '2026-10-20'],
])('"%s" is a day, or a few', (text, from, to) => {
  expect(dates.read(text, NOW)).toEqual({ words: text, from, to });
});

test.each(['hồi hè', 'lâu rồi', '31/2', 'từ hồi mẹ đi xa', '1/1/2030', ''])('"%s" stays words', (text) => {
  expect(dates.read(text, NOW)).toEqual({ words: text });
});

test.each([
  ['8', 8],
  ['8t', 8],
  ['dạ con tám tuổi', 8],
  ['con lớp 3', 8],
  ['lớp 7a', 12],
  ['khoảng 5 6 tuổi gì đó', 6],
  ['tám', 8],
  ['ba con hay la con', undefined],
  ['ba con la con 2 lần rồi đó', undefined],
  ['2 đứa, đứa lớn mười hai tuổi', 12],
  ['không nhớ', undefined],
])('the age in "%s"', (text, age) => {
  expect(numbers.read([plainWords(text)], true)).toBe(age);
});

test.each([
  ['1,3', [1, 3]],
  ['1 và 2', [1, 2]],
  ['2', [2]],
  ['1 đứa', undefined],
  ['', undefined],
])('the list "%s"', (text, list) => {
  expect(numbers.list(text)).toEqual(list);
});
