import { foldCanonical, type Normalised } from './normalise.js';
import type { Part, Pattern } from './pattern.js';

/** A phrase found: what it stands for and the words it covers, the end not included. */
export interface PhraseHit<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}

interface Step<T> {
  readonly next: Map<string, Step<T>>;
  values: T[] | undefined;
}

/** A pattern that spells out more phrases than this is left to the matcher. */
const MOST_PHRASES = 4000;

/**
 * Finds thousands of fixed phrases in one walk over a message. Takes the patterns that are plain lists of phrases
 * ("(a|b) c", "[d] e"); `others` are the ones with gaps, numbers or limits, for the matcher.
 */
export class PhraseFinder<T> {
  readonly others: { readonly pattern: Pattern; readonly value: T }[] = [];
  readonly #marked: Step<T> = { next: new Map(), values: undefined };
  readonly #plain: Step<T> = { next: new Map(), values: undefined };

  constructor(patterns: readonly { readonly pattern: Pattern; readonly value: T }[]) {
    for (const each of patterns) {
      const phrases = each.pattern.exact ? undefined : spellOut(each.pattern.parts);
      if (!phrases) this.others.push(each);
      else
        for (const phrase of phrases) {
          add(this.#marked, phrase, each.value);
          add(this.#plain, phrase.map(foldCanonical), each.value);
        }
    }
  }

  /** Every phrase found, in the order of where it begins. A phrase never crosses the end of a sentence. */
  find(message: Normalised): PhraseHit<T>[] {
    const hits: PhraseHit<T>[] = [];
    for (let from = 0; from < message.words.length; from += 1)
      this.#walk(message.words, from, from, this.#marked, this.#plain, hits);
    return hits;
  }

  #walk(
    words: Normalised['words'],
    from: number,
    at: number,
    marked: Step<T> | undefined,
    plain: Step<T> | undefined,
    hits: PhraseHit<T>[],
  ): void {
    const word = words[at];
    if (!word) return;
    const on = (nextMarked: Step<T> | undefined, nextPlain: Step<T> | undefined): void => {
      const values = nextMarked?.values ?? nextPlain?.values;
      if (values) for (const value of values) hits.push({ value, from, to: at + 1 });
      if (!word.ends) this.#walk(words, from, at + 1, nextMarked, nextPlain, hits);
    };
    if (word.bare && plain) {
      for (const form of word.folded) {
        const next = plain.next.get(form);
        if (next) on(undefined, next);
      }
      return;
    }
    for (const form of word.forms) {
      const next = marked?.next.get(form);
      // Once a word of the phrase stood without marks, the rest is compared without marks as well.
      const nextPlain = plain?.next.get(foldCanonical(form));
      if (next) on(next, nextPlain);
      else if (nextPlain && !marked) on(undefined, nextPlain);
    }
  }
}

function add<T>(root: Step<T>, phrase: readonly string[], value: T): void {
  let step = root;
  for (const word of phrase) {
    let next = step.next.get(word);
    if (!next) {
      next = { next: new Map(), values: undefined };
      step.next.set(word, next);
    }
    step = next;
  }
  if (!step.values) step.values = [value];
  else if (!step.values.includes(value)) step.values.push(value);
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
