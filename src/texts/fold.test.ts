import { fold } from './fold.js';

test.each([
  ['đánh', 'danh'],
  ['Đất Nước', 'Dat Nuoc'],
  ['hoà', 'hoa'],
  ['ướ'.normalize('NFD'), 'uo'],
  ['café', 'cafe'],
  ['plain', 'plain'],
  ['ជួយ', 'ជួយ'],
  ['你好', '你好'],
  ['', ''],
])('%s is folded to %s', (typed, plain) => {
  expect(fold(typed)).toBe(plain);
});

test('folding twice is folding once', () => {
  const text = 'Nguyễn Thị Ánh Tuyết, ấp Đường Xuồng';
  expect(fold(fold(text))).toBe(fold(text));
});
