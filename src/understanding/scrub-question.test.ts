import { scrubQuestion } from './scrub-question.js';

test.each([
  [
    'Con tôi học lớp 5A trường Nguyễn Trãi có được miễn học phí không?',
    'con tôi học lớp … trường … có được miễn học phí không?',
  ],
  ['gọi em số 0912 345 678 nha', 'gọi em số … nha'],
  ['em tên là lan anh', 'em tên là …'],
  ['Nguyễn Văn A đánh con', '… đánh con'],
  ['xem https://vi.du/abc và thu@vi.du', 'xem … và …'],
  ['CON TÔI BỊ SỐT', 'con tôi bị sốt'],
  ['', ''],
])('%s is kept as %s', (typed, kept) => {
  expect(scrubQuestion(typed)).toBe(kept);
});

test('no digit and no more than 300 characters ever come out', () => {
  const out = scrubQuestion('số 1 ٣ ៤ 5 '.repeat(500));
  expect(out).not.toMatch(/\p{Nd}/u);
  expect(out.length).toBeLessThanOrEqual(300);
});

test('scrubbing twice is scrubbing once', () => {
  const once = scrubQuestion('Bạn Lan ở Rạch Giá hỏi 3 điều. Em cảm ơn.');
  expect(scrubQuestion(once)).toBe(once);
});
