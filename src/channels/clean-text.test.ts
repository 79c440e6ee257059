import { cleanText } from './clean-text.js';

describe('words of a person', () => {
  it.each([
    ['decomposed marks become one character each', 'Tie\u0302\u0301ng Vie\u0323\u0302t', 'Tiếng Việt'],
    ['line ends of all systems become line feeds', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['tabs and line feeds stay', 'a\tb\n\nc', 'a\tb\n\nc'],
    ['control characters go', 'a\u0000b\u001bc\u007fd', 'abcd'],
    ['half a character is shown as unreadable', 'a\ud83db', 'a\ufffdb'],
    ['a whole emoji stays', 'a😀b', 'a😀b'],
    ['space around goes', ' \n a \t', 'a'],
    ['nothing stays nothing', '\u0000 ', ''],
  ])('%s', (_what, raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });
});
