import { readFileSync } from 'node:fs';
import { createLanguageDetector } from './language.js';

const language = createLanguageDetector(readFileSync('locales/vi/words/english.txt', 'utf8'));

test.each([
  ['con bị đánh', 'vi'],
  ['con bi danh o nha', 'vi'],
  ['e hok mún đi hc', 'vi'],
  ['', 'vi'],
  ['111', 'vi'],
  ['ok', 'vi'],
  ['hello', 'vi'],
  ['my father hits me, please help', 'en'],
  ['How do I report child abuse?', 'en'],
  ['ជួយខ្ញុំផង ឪពុកវាយខ្ញុំ', 'km'],
  ['我需要帮助', 'other'],
  ['помогите мне', 'other'],
])('%s is %s', (text, expected) => {
  expect(language(text)).toBe(expected);
});
