import fc from 'fast-check';
import { createUnderstanding } from './create-understanding.js';

const { screenDanger, findAnswers } = createUnderstanding({ root: process.cwd(), today: '2026-11-24' });

/** Everything a keyboard, a program or an attacker can put into a message, without words of any language. */
const piece = fc.oneof(
  fc.constantFrom('\u202e', '\u2066', '\u200b', '\ufeff', '\u0000', '\u001b[31m', '\ud83d', '\udc80', '̣̣̣'),
  fc.constantFrom('😀', '👍🏽', '🏳️‍🌈', '❤️', '٣', '①', '𝔸', 'ﷺ', '\r\n', '\t'),
  fc.constantFrom("' OR 1=1 --", '<img src=x>', '{{7*7}}', '%00', '../../', '#{jndi}', '"},{"'),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const noise = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

test('no text breaks the understanding, and nothing is claimed surer than it is', () => {
  fc.assert(
    fc.property(fc.oneof(noise, fc.string({ unit: 'grapheme', maxLength: 400 })), (text) => {
      screenDanger(text);
      const { answers, outcome } = findAnswers(text);
      expect(answers.length).toBeLessThanOrEqual(5);
      expect(['answer', 'suggest', 'smalltalk', 'unknown']).toContain(outcome);
      let before = 1;
      for (const { score } of answers) {
        expect(score).toBeLessThanOrEqual(before);
        before = score;
      }
    }),
    { numRuns: 400 },
  );
});

test('what has no words of a language raises no alarm', () => {
  const signs = fc.array(
    fc.constantFrom(...'<>{}[]()=;:\'"|\\/~`^*&%$#@!?.,+-_0123456789😀🙏🏽\u202e\u2066\u0000'),
    {
      maxLength: 200,
    },
  );
  fc.assert(
    fc.property(signs, (letters) => {
      expect(screenDanger(letters.join(''))).toBeNull();
    }),
    { numRuns: 400 },
  );
});

test('what is said is understood the same inside markup, marks of direction and stretched letters', () => {
  const topicOf = (text: string) => findAnswers(text).answers[0]?.answer.topic;
  for (const text of [
    '<b>lịch tiêm chủng cho bé</b>',
    '\u202alịch tiêm chủng cho bé\u202c',
    'LỊCH TIÊM CHỦNG CHO BÉÉÉÉ',
    'lịch tiêm chủng cho bé 🙏🙏',
    'lịch tiêm chủng cho bé'.normalize('NFD'),
    'lijch tieem chungr cho bes',
    'lich5 tiem6 chung3 cho be1',
    'lịch  tiêm\tchủng\n\ncho bé;',
  ])
    expect(`${text}: ${topicOf(text)}`).toBe(`${text}: vaccination`);
});

test('one word, and a story of two pages, are understood', () => {
  expect(findAnswers('trợ cấp?').answers[0]?.answer.topic).toBe('social_assistance');
  const story = `${'Chuyện là nhà tôi ở quê, hai vợ chồng làm ruộng, mùa này bận lắm. '.repeat(20)}Cháu nhỏ lỡ mũi tiêm sởi, mất sổ tiêm chủng rồi, giờ chích ngừa bù ở trạm y tế được không?`;
  expect(findAnswers(story).answers.map(({ answer }) => answer.topic)).toContain('vaccination');
});

test('figures and signs that stand for words say nothing dangerous by themselves', () => {
  for (const text of ['2<2<0', '3:<', '111', '0912345678 0387654321', '=((', '?!?!'])
    expect(screenDanger(text)).toBeNull();
});
