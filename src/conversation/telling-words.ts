import type { Texts } from '../texts/texts.js';
import { listOf } from './plain-words.js';

/**
 * Words that would tell whoever looks at the phone what the talk is about, from lint.yaml. They may not stand in a text that can
 * be the last on the screen or be pushed there.
 */
export function createTellingWords(texts: Texts): (text: string) => string | undefined {
  const words = texts.has('lint.telling') ? listOf(texts.say('lint.telling')) : [];
  const patterns = words.map((word) => ({
    word,
    pattern: new RegExp(`(?<![\\p{L}])${word.replaceAll(' ', '\\s+')}(?![\\p{L}])`, 'iu'),
  }));
  return (text) => patterns.find(({ pattern }) => pattern.test(text.normalize('NFC')))?.word;
}
