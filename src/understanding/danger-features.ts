import type { Normalised } from './normalise.js';

/** A sign (see signs.yaml), "!" and a guard, or "?" and the kind of a rule, and where it stands. */
export interface SignHit {
  readonly sign: number;
  readonly from: number;
  readonly to: number;
  /** Told by itself, never in a pair: a rule that matched has read the words beside it already. */
  readonly alone?: boolean;
}

/** How far apart two signs may stand to be told as a pair, in words. */
const PAIR_WITHIN = 14;

/** Stands before the first word. */
export const START = '^';

/** Takes what a text has; see `readDangerFeatures`. Words are numbers of the lexicon, -1 where it does not know them. */
export interface DangerFeatureTaker {
  /** Number of `START`. */
  readonly start: number;
  word(plain: number): void;
  marked(form: number): void;
  /** Two words, the second right after the first; once without their marks and, where the message has marks, with them. */
  follows(first: number, second: number): void;
  /** Two words with any one between. */
  skips(first: number, second: number): void;
  sign(sign: number): void;
  pair(first: number, second: number): void;
}

/**
 * What the learned part of the danger screen looks at in the words `from` to `to`: signs, pairs of signs in their order,
 * words, and words in pairs. Words count without their marks and, where the message has marks, with them as well; so do
 * pairs of words that follow each other.
 */
export function readDangerFeatures(
  { words, bare }: Normalised,
  signs: readonly SignHit[],
  from: number,
  to: number,
  take: DangerFeatureTaker,
): void {
  let before = take.start;
  let markedBefore = take.start;
  let beforeThat = -1;
  for (let at = from; at < to; at += 1) {
    const word = words[at];
    if (!word) break;
    const plain = word.plainNumber;
    const marked = bare ? plain : word.bestNumber;
    if (isFirst(words, from, at)) {
      take.word(plain);
      if (marked !== plain) take.marked(marked);
    }
    take.follows(before, plain);
    if (marked !== plain || markedBefore !== before) take.follows(markedBefore, marked);
    if (at > from) take.skips(beforeThat, plain);
    beforeThat = before;
    before = plain;
    markedBefore = marked;
  }
  const inside = firstOfEach(signs, from, to);
  for (const one of inside) {
    take.sign(one.sign);
    if (one.alone) continue;
    for (const other of inside) {
      if (one === other || other.alone || one.from > other.from || other.from - one.from > PAIR_WITHIN)
        continue;
      if (one.from < other.from || one.sign < other.sign) take.pair(one.sign, other.sign);
    }
  }
}

/** Whether the word stands here for the first time: a word said twice tells no more than once. */
function isFirst(words: Normalised['words'], from: number, at: number): boolean {
  const form = words[at]?.bestNumber;
  for (let before = from; before < at; before += 1) if (words[before]?.bestNumber === form) return false;
  return true;
}

function firstOfEach(signs: readonly SignHit[], from: number, to: number): readonly SignHit[] {
  const found: SignHit[] = [];
  for (const hit of signs)
    if (hit.from >= from && hit.to <= to && !found.some(({ sign }) => sign === hit.sign)) found.push(hit);
  return found;
}
