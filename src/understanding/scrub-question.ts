/** What stands where something was taken out. */
const GONE = '…';
const MOST_CHARACTERS = 300;

const ADDRESS = /\b(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+|@[\p{L}\p{N}_.]+/gu;
/** Digits, also with dots, blanks and letters of plates and codes between them ("0912 345 678", "68A1-123.45"). */
const NUMBER = /[\p{L}]?\p{N}(?:[\p{N}\s.,:/-]*\p{N})?\p{L}?/gu;
/** "tên là …", "tên …": the next words, however they are written. */
const NAMED =
  /((?:^|\s)(?:tên|ten|họ tên|biệt danh|nick)(?:\s+(?:là|la|em|con|bạn|của))*\s+)((?:[\p{L}]+\s*){1,3})/giu;
const WORD = /[\p{L}\p{M}]+/gu;

/**
 * A question nobody could answer, fit to be kept for content staff: no numbers, no links, no names as far as they can be
 * told (words with a capital inside a sentence, words after "tên"), at most 300 characters. Pure. It cannot know a name
 * typed in small letters: what it gives is still shown only to content staff and purged after 30 days.
 */
export function scrubQuestion(text: string): string {
  const calm = text
    .normalize('NFC')
    .replace(/[^\P{C}\n]/gu, '')
    .slice(0, MOST_CHARACTERS * 4);
  const short = calm
    .replace(ADDRESS, GONE)
    .replace(NUMBER, GONE)
    .replace(NAMED, (_, before: string) => `${before}${GONE} `);
  return withoutCapitals(short)
    .replace(/(?:…\s*)+/g, '… ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS);
}

/** Takes out words with a capital letter that do not begin a sentence; a text all in capitals tells nothing by them. */
function withoutCapitals(text: string): string {
  const letters = [...text].filter((letter) => /\p{L}/u.test(letter));
  const capitals = letters.filter((letter) => /\p{Lu}/u.test(letter)).length;
  if (capitals > letters.length / 2) return text.toLowerCase();
  return text.replace(WORD, (word, at: number) => {
    if (!/^\p{Lu}/u.test(word)) return word;
    const begins = /(?:^|[.!?\n]["'\s]*)$/u.test(text.slice(0, at));
    const nextIsName = /^\s+\p{Lu}/u.test(text.slice(at + word.length));
    return begins && !nextIsName ? word.toLowerCase() : GONE;
  });
}
