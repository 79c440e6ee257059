import { Lexicon } from './lexicon.js';
import { isMisspelt, respell } from './respell.js';
import type { Spelling } from './spelling.js';
import { canonical, fold, hasLostMarks, isMarked } from './syllable.js';

/** One word of a message as the screen and the search see it. */
export interface Word {
  /** As typed: lower case, NFC. */
  readonly typed: string;
  /** Canonical syllables it may stand for, the typed one first. */
  readonly forms: readonly string[];
  /** The forms in ASCII letters. */
  readonly folded: readonly string[];
  /** Marks were left out, so that ASCII letters may be compared. */
  readonly bare: boolean;
  /** A sentence ends after it. */
  readonly ends: boolean;
  /** The standard reading, with marks and in ASCII letters. */
  readonly best: string;
  readonly plain: string;
  /** Numbers of all these in the lexicon; -1 where it does not know them. */
  readonly formNumbers: readonly number[];
  readonly foldedNumbers: readonly number[];
  /** For each form its ASCII letters. */
  readonly plainForms: readonly number[];
  readonly bestNumber: number;
  readonly plainNumber: number;
  /** Number of this word among the remembered ones, -1 when it is not remembered. Equal words have equal numbers. */
  readonly memory: number;
}

/** What is known of a word before its message is known. */
export interface Typed {
  readonly isNumber: boolean;
  readonly isMarked: boolean;
  /** Its words, by whether the message is bare and a sentence ends after it. */
  readonly words: (readonly Word[] | undefined)[];
}

/** So many words are remembered; more than all Vietnamese syllables with their usual misspellings. */
const MOST_REMEMBERED = 20_000;

/** Turns one typed word into what it may stand for. Words of which the lexicon knows nothing are not remembered. */
export class WordReader {
  readonly lexicon: Lexicon;
  readonly #spelling: Spelling;
  readonly #typed = new Map<string, Typed>();
  #remembered = 0;

  constructor(spelling: Spelling) {
    this.#spelling = spelling;
    this.lexicon = new Lexicon(spelling.names);
  }

  typed(text: string): Typed {
    return this.#typed.get(text) ?? look(text);
  }

  /** @param mend whether a word that stands nowhere is read as what its writer may have meant to type, which takes long */
  read(text: string, bare: boolean, ends: boolean, mend = true): readonly Word[] {
    const place = (bare ? 2 : 0) + (ends ? 1 : 0);
    let typed = this.#typed.get(text);
    const known = typed?.words[place];
    if (known) return known;
    const words: Word[] = [];
    this.#addWord(words, text, bare, ends, mend);
    // What was not mended in one message may be in the next.
    if (!mend || this.#remembered >= MOST_REMEMBERED || !words.every(({ plainNumber }) => plainNumber >= 0))
      return words;
    if (!typed) {
      typed = look(text);
      this.#typed.set(text, typed);
    }
    const remembered = words.map((word) => ({ ...word, memory: this.#remembered++ }));
    typed.words[place] = remembered;
    return remembered;
  }

  #addWord(words: Word[], typed: string, bare: boolean, ends: boolean, mend: boolean): void {
    const spelling = this.#spelling;
    const forms = [canonical(typed)];
    const readings = spelling.readings.get(typed) ?? [];
    const isBare = bare || hasLostMarks(typed);
    for (const reading of readings) {
      // A reading of several syllables takes the word's place when it is the first; else it is left out.
      if (reading.length > 1) {
        if (reading === readings[0]) {
          reading.forEach((syllable, index) => {
            words.push(this.#make(typed, [syllable], isBare, ends && index === reading.length - 1, []));
          });
          return;
        }
      } else if (reading[0] !== undefined) forms.push(reading[0]);
    }
    if (mend && readings.length === 0 && isMisspelt(typed)) forms.push(...respell(typed));
    const unmarked = bare ? spelling.folded.get(typed) : undefined;
    words.push(this.#make(typed, forms, isBare, ends, unmarked ?? []));
  }

  #make(
    typed: string,
    forms: readonly string[],
    bare: boolean,
    ends: boolean,
    unmarked: readonly string[],
  ): Word {
    const { lexicon } = this;
    const folded = [...new Set(forms.map(foldCanonical)), ...unmarked.map(foldCanonical)];
    // The last reading is the standard one; the typed word stays the first where there is no other.
    const best = forms[1] ?? forms[0] ?? typed;
    const plain = foldCanonical(best);
    const formNumbers = forms.map((form) => lexicon.of(form));
    const foldedNumbers = folded.map((form) => lexicon.of(form));
    return {
      typed,
      forms,
      folded,
      bare,
      ends,
      best,
      plain,
      formNumbers,
      foldedNumbers,
      plainForms: forms.map((form) => lexicon.of(foldCanonical(form))),
      bestNumber: lexicon.of(best),
      plainNumber: lexicon.of(plain),
      memory: -1,
    };
  }
}

function look(text: string): Typed {
  return {
    isNumber: /^\d+$/.test(text),
    isMarked: [...text].some(isMarked),
    words: [undefined, undefined, undefined, undefined],
  };
}

/** ASCII letters of a canonical form (whose tone mark stands at its end). */
export function foldCanonical(form: string): string {
  return fold(/[\u0300-\u036f]$/.test(form) ? form.slice(0, -1) : form);
}
