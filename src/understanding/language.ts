/** The language a message seems to be written in: Vietnamese unless something else is plain. */
export type Language = 'vi' | 'en' | 'km' | 'other';

const KHMER = /[\u1780-\u17ff\u19e0-\u19ff]/u;
/** Letters of alphabets that nobody writes Vietnamese or English in. */
const FOREIGN =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Thai}\p{Script=Lao}\p{Script=Devanagari}\p{Script=Hebrew}\p{Script=Greek}]/u;
/** So much of a message is looked at, in UTF-16 units. */
const LOOKED_AT = 600;
/** This share of the letters must be of another alphabet. */
const SHARE = 0.3;
/** Of the words of an English message this share are frequent English words. */
const ENGLISH_SHARE = 0.4;

/** Builds the detector from the frequent English words (english.txt); looking costs microseconds. */
export function createLanguageDetector(englishWords: string): (text: string) => Language {
  const english = new Set(
    englishWords.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : line.trim())),
  );
  return (text) => {
    const start = text.slice(0, LOOKED_AT);
    let letters = 0;
    let khmer = 0;
    let foreign = 0;
    let marked = 0;
    for (let at = 0; at < start.length; at += 1) {
      const unit = start.charCodeAt(at);
      if (unit < 0x41) continue;
      letters += 1;
      // Vietnamese letters end at 1EF9; loose marks stand at 0300.
      if (unit < 0xc0) continue;
      if (unit < 0x370 || (unit >= 0x1e00 && unit < 0x1f00)) marked += 1;
      else if (unit < 0x2000 || unit >= 0x2e80) {
        const letter = start[at] ?? '';
        if (KHMER.test(letter)) khmer += 1;
        else if (FOREIGN.test(letter)) foreign += 1;
      }
    }
    if (khmer > letters * SHARE) return 'km';
    if (foreign > letters * SHARE) return 'other';
    if (marked > 0) return 'vi';
    const words = start.toLowerCase().match(/[a-z']+/g) ?? [];
    const known = words.filter((word) => english.has(word)).length;
    return known >= 2 && known >= words.length * ENGLISH_SHARE ? 'en' : 'vi';
  };
}
