import path from 'node:path';
import { loadTexts } from '../texts/texts.js';
import { readCommandWords } from './commands.js';
import { plainWords } from './plain-words.js';

const texts = loadTexts(path.join(process.cwd(), 'locales/vi/messages'));
const words = readCommandWords(texts, ['report', 'follow_up', 'ask']);
const find = (text: string) => words.find(words.bare(plainWords(text)));

test.each([
  ['quay lại', 'back'],
  ['LÙI LẠI NHA', 'back'],
  ['dạ thôi ạ', 'cancel'],
  ['thôiiiii', 'cancel'],
  ['ko gui nua', 'cancel'],
  ['hủy', 'cancel'],
  ['con muốn gặp người thật', 'person'],
  ['cho em nói chuyện với người thật được không', 'person'],
  ['k biết', 'skip'],
  ['con không muốn trả lời ạ', 'skip'],
  ['/start', 'restart'],
  ['bat dau lai', 'restart'],
  ['nhắc lại giùm con', 'repeat'],
  ['xóa hết', 'forget'],
  ['quên đi', 'forget'],
])('"%s" is %s', (text, command) => {
  expect(find(text)).toEqual({ command });
  expect(find(text.normalize('NFD'))).toEqual({ command });
});

test.each(['ba không cho con quay lại trường', 'thôi học rồi có sao không', 'xoá nick facebook làm sao', ''])(
  '"%s" is no command',
  (text) => {
    expect(find(text)).toBeUndefined();
  },
);

test.each([
  ['mày ngu quá', true],
  ['dm mệt', true],
  ['con không ngủ được', false],
  ['con khong ngu duoc', false],
])('"%s" is swearing: %s', (text, expected) => {
  expect(words.isSwearing(text, plainWords(text))).toBe(expected);
});

test.each([
  ['sửa nơi xảy ra', 'noi xay ra'],
  ['sua lai tuoi', 'tuoi'],
])('"%s" wishes to change "%s"', (text, what) => {
  expect(words.changed(plainWords(text))).toContain(what);
});

test('a wish to report opens the report flow', () => {
  expect(find('em mún báo 1 chuyện')).toEqual({ flow: 'report' });
});

test.each([
  ['cho con hỏi ai đọc tin này', true],
  ['có bị phạt ko', true],
  ['ba say rượu đập đồ', false],
  ['Rạch Giá', false],
])('"%s" is a question: %s', (text, expected) => {
  expect(words.isQuestion(text, plainWords(text))).toBe(expected);
});
