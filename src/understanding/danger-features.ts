import { foldCanonical, type Normalised } from './normalise.js';

/** A sign (see signs.yaml), or "!" and a guard, and where it stands. */
export interface SignHit {
  readonly sign: number;
  readonly from: number;
  readonly to: number;
}

/** How far apart two signs may stand to be told as a pair, in words. */
const PAIR_WITHIN = 14;

/** Takes what a text has; see `readDangerFeatures`. */
export interface DangerFeatureTaker {
  word(text: string): void;
  sign(sign: number): void;
  pair(first: number, second: number): void;
}

/**
 * What the learned part of the danger screen looks at in the words `from` to `to`: signs, pairs of signs in their order,
 * words, and words in pairs. Words count without their marks and, where the message has marks, with them as well.
 */
export function readDangerFeatures(
  { words, bare }: Normalised,
  signs: readonly SignHit[],
  from: number,
  to: number,
  take: DangerFeatureTaker,
): void {
  let before = '^';
  let beforeThat = '';
  for (let at = from; at < to; at += 1) {
    const word = words[at];
    if (!word) break;
    const form = word.forms[1] ?? word.forms[0] ?? word.typed;
    const plain = foldCanonical(form);
    take.word(plain);
    if (!bare && form !== plain) take.word(`=${form}`);
    take.word(`${before} ${plain}`);
    if (beforeThat !== '') take.word(`${beforeThat} _ ${plain}`);
    beforeThat = before;
    before = plain;
  }
  const inside = new Map<number, SignHit>();
  for (const hit of signs)
    if (hit.from >= from && hit.to <= to && !inside.has(hit.sign)) inside.set(hit.sign, hit);
  for (const one of inside.values()) {
    take.sign(one.sign);
    for (const other of inside.values()) {
      if (one === other || one.from > other.from || other.from - one.from > PAIR_WITHIN) continue;
      if (one.from < other.from || one.sign < other.sign) take.pair(one.sign, other.sign);
    }
  }
}
