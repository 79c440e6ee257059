import type { PlaceWords } from './place-data.js';
import { fold, spoken, wordsOf } from './spelling.js';

/** A typed word in the forms that the search compares. */
export interface Token {
  readonly folded: string;
  readonly spoken: string;
}

/** What stands around a name. */
export interface Context {
  /** Kind said before the name. */
  readonly kind?: string;
  /** "cũ" or "mới" after it. */
  readonly age?: 'old' | 'new';
  /** First and last word of name and surroundings together: [from, to). */
  readonly from: number;
  readonly to: number;
}

export interface ContextReader {
  around(tokens: readonly Token[], start: number, end: number): Context;
  /** Whether the name of these folded words is an everyday word as well. */
  isOrdinary(folded: string): boolean;
}

interface Phrase {
  readonly words: readonly Token[];
  readonly kind?: string;
}

export function tokensOf(text: string): Token[] {
  return wordsOf(text).map((word) => ({ folded: fold(word), spoken: spoken(word) }));
}

/** A typed word is the phrase's word when it is written so, or plain. */
function isSame(typed: Token, word: Token): boolean {
  return typed.folded === word.folded && (typed.spoken === word.spoken || typed.spoken === typed.folded);
}

/** Reads the words around a name: its kind, "cũ" and "mới", words such as "ở" and "chợ". */
export function createContextReader(words: PlaceWords): ContextReader {
  const before: Phrase[] = [
    ...Object.entries(words.kinds).flatMap(([kind, spellings]) =>
      spellings.map((spelling) => ({ words: tokensOf(spelling), kind })),
    ),
    ...[...words.neutral, ...words.at].map((spelling) => ({ words: tokensOf(spelling) })),
  ].sort((a, b) => b.words.length - a.words.length);
  const after = (['old', 'new'] as const).flatMap((age) =>
    words[age].map((spelling) => ({ age, words: tokensOf(spelling) })),
  );
  const ordinary = new Set(words.ordinary.map((name) => wordsOf(name).map(fold).join(' ')));

  const standsAt = (tokens: readonly Token[], at: number, phrase: readonly Token[]): boolean =>
    at >= 0 &&
    at + phrase.length <= tokens.length &&
    phrase.every((word, index) => {
      const typed = tokens[at + index];
      return typed !== undefined && isSame(typed, word);
    });

  return {
    isOrdinary: (folded) => ordinary.has(folded),
    around(tokens, start, end) {
      let from = start;
      let kind: string | undefined;
      for (;;) {
        const phrase = before.find((one) => standsAt(tokens, from - one.words.length, one.words));
        if (!phrase) break;
        from -= phrase.words.length;
        kind ??= phrase.kind;
      }
      const tail = after.find((one) => standsAt(tokens, end, one.words));
      return {
        from,
        to: end + (tail?.words.length ?? 0),
        ...(kind !== undefined && { kind }),
        ...(tail && { age: tail.age }),
      };
    },
  };
}
