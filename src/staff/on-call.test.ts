import { randomBytes } from 'node:crypto';
import { isWebhookAddress, makeLinkWord, readLinkWord } from './on-call.js';

describe('the word that binds a chat', () => {
  it('is understood however it is typed, and no other text is one', () => {
    for (let i = 0; i < 200; i += 1) {
      const word = makeLinkWord(randomBytes);
      expect(readLinkWord(word)).toBe(word);
      expect(readLinkWord(`  ${word.toLowerCase().replaceAll('-', ' ')} \n`)).toBe(word);
      expect(readLinkWord(`${word} ạ`)).toBeUndefined();
    }
  });

  it.each([
    '',
    'trực',
    'TRUC',
    'truc ban dem nay',
    'TRUC-00000-11111',
    'con bị đánh',
    `TRUC-${'A'.repeat(60)}`,
  ])('is not "%s"', (text) => {
    expect(readLinkWord(text)).toBeUndefined();
  });
});

test.each([
  ['https://mail.example.vn/hook?key=1', true],
  ['http://127.0.0.1:8080/ring', true],
  ['http://localhost/ring', true],
  ['http://mail.example.vn/hook', false],
  ['https://user:pass@mail.example.vn/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['mail.example.vn', false],
  ['', false],
])('rings may be sent to "%s": %s', (address, may) => {
  expect(isWebhookAddress(address)).toBe(may);
});
