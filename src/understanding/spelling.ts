import { canonical, fold } from './syllable.js';

/**
 * What short, teen and Southern spellings stand for: word → readings, each a list of canonical syllables. A word may
 * have several ("cs": "có", "cuộc sống"); all are kept.
 */
export interface Spelling {
  readonly readings: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** The same by ASCII letters, for messages typed without marks; single syllables for words of four letters or more. */
  readonly folded: ReadonlyMap<string, readonly string[]>;
  /** The syllables that what was built with it knows, by their numbers (see lexicon.ts); absent while it is being built. */
  readonly names?: readonly string[];
}

/**
 * Reads the tab-separated word file: typed word, readings joined by " / ", note. Lines that begin with "#" are comments.
 * @throws Error naming the line when a line has fewer than two columns.
 */
export function parseSpelling(file: string): Spelling {
  const readings = new Map<string, readonly (readonly string[])[]>();
  const folded = new Map<string, readonly string[]>();
  file.split('\n').forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const [typed, meant] = line.split('\t');
    if (!typed || !meant) throw new Error(`line ${index + 1}: needs a word, a tab and its readings`);
    const list = meant.split(' / ').map((reading) => reading.trim().toLowerCase().split(' ').map(canonical));
    const word = typed.trim().toLowerCase().normalize('NFC');
    readings.set(word, list);
    const plain = fold(word);
    if (plain !== word && plain.length >= 4) {
      folded.set(
        plain,
        list.flatMap((reading) => (reading.length === 1 ? reading : [])),
      );
    }
  });
  return { readings, folded };
}
