import type { Meaning } from './place-names.js';
import { deletions, fold, isOneSlip, soundKey } from './spelling.js';

/** A word of the index that a typed word may stand for. */
interface WordGuess {
  readonly word: string;
  /** 0 the word itself · 0.3 sounds the same · 1 one slip away. */
  readonly cost: number;
}

/** Names as a tree of folded words. */
export interface NameNode {
  readonly next: ReadonlyMap<string, NameNode>;
  readonly meanings: readonly Meaning[];
}

export interface NameIndex {
  readonly root: NameNode;
  /** Names written as one word, "rachgia"; names of several words and at least six letters. */
  joined(folded: string): readonly Meaning[];
  /** Words of names that a folded word may stand for; `slips`: also those one slip of the finger away. */
  guesses(folded: string, slips: boolean): readonly WordGuess[];
}

const NONE: readonly never[] = [];
const SAME_SOUND = 0.3;
const SLIP = 1;
/** Shorter words are one slip away from too many others. */
const SHORTEST_SLIP = 3;

interface Building extends NameNode {
  readonly next: Map<string, Building>;
  readonly meanings: Meaning[];
}

/** Built once at start; every look-up is a few map reads. */
export function createNameIndex(meanings: readonly Meaning[]): NameIndex {
  const root: Building = { next: new Map(), meanings: [] };
  const joined = new Map<string, Meaning[]>();
  const vocabulary = new Set<string>();
  for (const one of meanings) {
    const folded = one.words.map(fold);
    let node = root;
    for (const word of folded) {
      vocabulary.add(word);
      const next = node.next.get(word) ?? { next: new Map(), meanings: [] };
      node.next.set(word, next);
      node = next;
    }
    node.meanings.push(one);
    const glued = folded.join('');
    if (folded.length > 1 && glued.length >= 6) push(joined, glued, one);
  }
  const bySound = new Map<string, string[]>();
  const byDeletion = new Map<string, string[]>();
  for (const word of vocabulary) {
    push(bySound, soundKey(word), word);
    if (word.length >= SHORTEST_SLIP) for (const form of deletions(word)) push(byDeletion, form, word);
  }

  return {
    root,
    joined: (folded) => joined.get(folded) ?? NONE,
    guesses(folded, slips) {
      const costs = new Map<string, number>();
      if (vocabulary.has(folded)) costs.set(folded, 0);
      for (const word of bySound.get(soundKey(folded)) ?? NONE)
        if (!costs.has(word)) costs.set(word, SAME_SOUND);
      if (slips && folded.length >= SHORTEST_SLIP) {
        for (const form of deletions(folded)) {
          for (const word of byDeletion.get(form) ?? NONE) {
            if (!costs.has(word) && isOneSlip(folded, word)) costs.set(word, SLIP);
          }
        }
      }
      return [...costs].map(([word, cost]) => ({ word, cost }));
    },
  };
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
