import { FeatureSpace, type FeatureSpaceState, type Features, type Vocabulary } from './features.js';
import { type Normalised, normalise, readerOf } from './normalise.js';
import type { Spelling } from './spelling.js';

/** Reads texts: words for the danger screen, features for the search. */
export interface TextReader {
  normalise(text: string): Normalised;
  readonly features: (text: string) => Features;
  saysSomething(text: string): boolean;
  readonly space: FeatureSpace;
  /** Names of the lexicon by their number. */
  readonly names: readonly string[];
  /** From now on words and features that are new are not known. */
  close(): void;
}

/** @param kept the features that what was built knows; without, all that is read becomes known */
export function createTextReader(
  spelling: Spelling,
  vocabulary: Vocabulary,
  kept?: FeatureSpaceState,
): TextReader {
  const { lexicon } = readerOf(spelling);
  const space = new FeatureSpace(vocabulary, lexicon, kept);
  // A message is screened and then searched: the second look at the same text costs nothing.
  const read = rememberLast((text) => normalise(text, spelling));
  return {
    normalise: read,
    features: (text) => space.read(read(text)),
    saysSomething: (text) => space.saysSomething(read(text)),
    space,
    names: lexicon.names,
    close: () => lexicon.close(),
  };
}

function rememberLast<T>(make: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: make(text) };
    return last.value;
  };
}
