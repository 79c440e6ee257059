import type { Normalised } from './normalise.js';
import { canonical } from './syllable.js';

/** Words that begin a clause: "ba đánh em thì ba có bị phạt không". Typed without marks "ma" may be a mother. */
const BEGIN = new Set(['thì', 'vì', 'mà', 'thi', 'vi'].map(canonical));
/** A clause of fewer words tells nothing by itself. */
const LEAST_WORDS = 4;

/** The clauses of a message of two or more: its parts between signs and ends of sentences, then those between words that begin a clause. */
export function clausesOf(message: Normalised): readonly Normalised[] {
  const begins = message.words.some(({ best }) => BEGIN.has(best));
  return [...split(message, false), ...(begins ? split(message, true) : [])];
}

function split({ words, pauses, bare }: Normalised, atWords: boolean): Normalised[] {
  const clauses: Normalised[] = [];
  let from = 0;
  const close = (to: number): void => {
    if (to - from >= LEAST_WORDS && to - from < words.length)
      clauses.push({ words: words.slice(from, to), pauses: [], bare });
    from = to;
  };
  let pause = 0;
  words.forEach(({ best }, at) => {
    const isAfterPause = pauses[pause] === at;
    if (isAfterPause) pause += 1;
    const begins = atWords && BEGIN.has(best);
    if (begins || isAfterPause || words[at - 1]?.ends) close(at);
    if (begins) from = at + 1;
  });
  close(words.length);
  return clauses;
}
