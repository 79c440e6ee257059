import type { Lexicon } from './lexicon.js';
import type { Normalised } from './normalise.js';
import { PairTable, type PairTableState } from './pair-table.js';
import type { Part, Pattern } from './pattern.js';
import { foldCanonical, type Word } from './word-reader.js';

/** A phrase found: what it stands for and the words it covers, the end not included. */
export interface PhraseHit {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** Phrases as two trees, by marked words and by plain ones: (step, word) → step. */
export interface PhrasesState {
  readonly marked: PairTableState;
  readonly plain: PairTableState;
  /** Step → what the phrases that end there stand for. */
  readonly markedValues: readonly (readonly number[])[];
  readonly plainValues: readonly (readonly number[])[];
}

/** A pattern that spells out more phrases than this is left to the matcher. */
const MOST_PHRASES = 4000;
const ROOT = 0;
const NOWHERE = -1;

/**
 * Takes the patterns that are plain lists of phrases ("(a|b) c", "[d] e"); `others` are the ones with gaps, numbers or
 * limits, for the matcher.
 */
export function compilePhrases<P extends { readonly pattern: Pattern; readonly value: number }>(
  patterns: readonly P[],
  lexicon: Lexicon,
): { readonly state: PhrasesState; readonly others: readonly P[] } {
  const others: P[] = [];
  const marked = new Tree();
  const plain = new Tree();
  for (const each of patterns) {
    const phrases = each.pattern.exact ? undefined : spellOut(each.pattern.parts);
    if (!phrases) others.push(each);
    else
      for (const phrase of phrases) {
        marked.add(
          phrase.map((form) => lexicon.of(form)),
          each.value,
        );
        plain.add(
          phrase.map((form) => lexicon.of(foldCanonical(form))),
          each.value,
        );
      }
  }
  const state = {
    marked: marked.table.state,
    plain: plain.table.state,
    markedValues: marked.values,
    plainValues: plain.values,
  };
  return { state, others };
}

class Tree {
  readonly table = new PairTable();
  readonly values: number[][] = [[]];

  add(phrase: readonly number[], value: number): void {
    let step = ROOT;
    for (const word of phrase) {
      let next = this.table.get(step, word, NOWHERE);
      if (next === NOWHERE) {
        next = this.values.length;
        this.values.push([]);
        this.table.set(step, word, next);
      }
      step = next;
    }
    const values = this.values[step];
    if (values && !values.includes(value)) values.push(value);
  }
}

/** Finds thousands of fixed phrases in one walk over a message. */
export class PhraseFinder {
  readonly #state: PhrasesState;
  readonly #marked: PairTable;
  readonly #plain: PairTable;

  constructor(state: PhrasesState) {
    this.#state = state;
    this.#marked = new PairTable(state.marked);
    this.#plain = new PairTable(state.plain);
  }

  /** Every phrase found, in the order of where it begins. A phrase never crosses the end of a sentence. */
  find({ words }: Normalised): PhraseHit[] {
    const hits: PhraseHit[] = [];
    for (let from = 0; from < words.length; from += 1) this.#walk(words, from, from, ROOT, ROOT, hits);
    return hits;
  }

  #walk(
    words: readonly Word[],
    from: number,
    at: number,
    marked: number,
    plain: number,
    hits: PhraseHit[],
  ): void {
    const word = words[at];
    if (!word) return;
    if (word.bare && plain !== NOWHERE) {
      for (const form of word.foldedNumbers) {
        const next = this.#plain.get(plain, form, NOWHERE);
        if (next !== NOWHERE) this.#on(words, from, at, NOWHERE, next, hits);
      }
      return;
    }
    for (let each = 0; each < word.formNumbers.length; each += 1) {
      const next = this.#marked.get(marked, word.formNumbers[each] ?? -1, NOWHERE);
      // Once a word of the phrase stood without marks, the rest is compared without marks as well.
      const nextPlain = this.#plain.get(plain, word.plainForms[each] ?? -1, NOWHERE);
      if (next !== NOWHERE) this.#on(words, from, at, next, nextPlain, hits);
      else if (nextPlain !== NOWHERE && marked === NOWHERE)
        this.#on(words, from, at, NOWHERE, nextPlain, hits);
    }
  }

  #on(
    words: readonly Word[],
    from: number,
    at: number,
    marked: number,
    plain: number,
    hits: PhraseHit[],
  ): void {
    const values = this.#state.markedValues[marked]?.length
      ? this.#state.markedValues[marked]
      : this.#state.plainValues[plain];
    if (values) for (const value of values) hits.push({ value, from, to: at + 1 });
    if (!words[at]?.ends) this.#walk(words, from, at + 1, marked, plain, hits);
  }
}

/** All phrases of a pattern without gaps; undefined when it has gaps, numbers, limits, exact words, or too many phrases. */
function spellOut(parts: readonly Part[]): string[][] | undefined {
  let phrases: string[][] = [[]];
  for (const part of parts) {
    if (part.kind === 'word' && !part.exact) {
      phrases = phrases.map((phrase) => [...phrase, part.form]);
    } else if (part.kind === 'oneOf') {
      const endings: string[][] = part.optional ? [[]] : [];
      for (const choice of part.choices) {
        const spelt = spellOut(choice);
        if (!spelt) return undefined;
        endings.push(...spelt);
      }
      phrases = phrases.flatMap((phrase) => endings.map((ending) => [...phrase, ...ending]));
    } else return undefined;
    if (phrases.length > MOST_PHRASES) return undefined;
  }
  return phrases;
}
