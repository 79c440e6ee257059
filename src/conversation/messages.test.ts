import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { loadTexts, VOICES } from '../texts/texts.js';
import { DANGER_KINDS } from '../understanding/understanding.js';
import { createTellingWords } from './telling-words.js';

const texts = loadTexts(path.join(process.cwd(), 'locales/vi/messages'));
/** Word lists and what only content staff see are not said to anybody. */
const said = texts.keys.filter((key) => !/^(commands|practice|read|lint)\.|_words(\.|$)/.test(key));

/** The text with every branch of its choices, one wording a line. */
const read = (key: string, voice: (typeof VOICES)[number]): string => texts.wordings(key, voice).join('\n');

test('a child reads no sentence of more than twenty words', () => {
  const long = said.flatMap((key) =>
    read(key, 'child')
      .split(/[.!?:;\n]+/)
      .filter((sentence) => texts.hasVoice(key, 'child') && sentence.trim().split(/\s+/).length > 20)
      .map((sentence) => `${key}: ${sentence.trim()}`),
  );
  expect(long).toEqual([]);
});

test('the welcome is twenty words', () => {
  for (const voice of VOICES) {
    expect(texts.say('welcome.hello', voice).trim().split(/\s+/).length).toBeLessThanOrEqual(20);
  }
});

test('nobody is told words that blame, frighten, or promise what we cannot keep', () => {
  const forbidden =
    /tố giác|đối tượng|nạn nhân|thủ phạm|hành vi|căn cứ theo|thụ lý|hệ thống|vui lòng thử lại|bí mật tuyệt đối|không ai biết|tại sao|nhập sai|không hợp lệ/i;
  for (const key of said) {
    for (const voice of VOICES) expect(`${key}: ${read(key, voice)}`).not.toMatch(forbidden);
  }
});

test('the only telephone numbers are the five of emergency', () => {
  for (const key of said) {
    for (const voice of VOICES) {
      for (const number of read(key, voice).match(/\d{3,}/g) ?? []) {
        expect(['111', '112', '113', '114', '115']).toContain(number);
      }
    }
  }
});

test('each emergency card names 111 and a number that comes at once', () => {
  for (const kind of DANGER_KINDS) {
    for (const group of ['card', 'third', 'past']) {
      const key = `danger.${group}.${kind}`;
      if (!texts.has(key)) continue;
      for (const voice of VOICES) {
        expect(`${key} ${texts.say(key, voice)}`).toMatch(/111/);
        expect(`${key} ${texts.say(key, voice)}`).toMatch(/113|115|114/);
      }
    }
  }
});

test('a child is not spoken to as an adult, nor an adult as a child or a friend', () => {
  for (const key of said.filter((name) => read(name, 'child') !== read(name, 'adult'))) {
    expect(`${key}: ${read(key, 'child')}`).not.toMatch(/anh\/chị/);
    expect(`${key}: ${read(key, 'adult')}`).not.toMatch(/(^|[.,:] )(bạn|con|mình) /i);
  }
});

test('small talk, which may stand last in the chat, tells nobody what this is about', () => {
  const telling = createTellingWords(texts);
  const entries = parse(readFileSync('locales/vi/smalltalk.yaml', 'utf8')) as { id: string; reply: object }[];
  expect(entries.length).toBeGreaterThan(30);
  for (const { id, reply } of entries)
    for (const text of Object.values(reply))
      expect(`${id}: ${telling(String(text))}`).toBe(`${id}: undefined`);
});
