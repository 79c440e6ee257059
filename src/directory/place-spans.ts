import type { NameIndex, NameNode } from './name-index.js';
import type { Context, ContextReader, Token } from './place-context.js';
import type { Meaning } from './place-names.js';
import { diacriticsCost } from './spelling.js';

/** A stretch of the text that is a name, with what it can mean; only the meanings closest to what was typed. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly meanings: readonly Meaning[];
  /** 0 as written in the list; grows with every slip. */
  readonly cost: number;
  readonly context: Context;
}

/** From here on a name is a guess, and needs support from its surroundings. */
const GUESS = 0.2;
/** Longer texts are searched without slips of the finger, so that a call stays short. */
const LONGEST_WITH_SLIPS = 14;
const LONGEST_WITH_SOUNDS = 60;
/** The names in a text, not overlapping, in their order. */
export function findSpans(index: NameIndex, reader: ContextReader, tokens: readonly Token[]): Span[] {
  const found = new Map<string, Map<Meaning, number>>();
  const note = (start: number, end: number, meaning: Meaning, cost: number): void => {
    const key = `${start}-${end}`;
    const costs = found.get(key) ?? new Map<Meaning, number>();
    found.set(key, costs.set(meaning, Math.min(cost, costs.get(meaning) ?? Number.POSITIVE_INFINITY)));
  };
  const guesses = tokens.map((token) =>
    tokens.length > LONGEST_WITH_SOUNDS
      ? [{ word: token.folded, cost: 0 }]
      : index.guesses(token.folded, tokens.length <= LONGEST_WITH_SLIPS),
  );
  const walk = (node: NameNode, start: number, end: number, cost: number, slips: number): void => {
    for (const meaning of node.meanings) {
      const sum = cost + diacritics(tokens, start, end, meaning);
      if (isClose(meaning, sum, slips)) note(start, end, meaning, sum);
    }
    if (node.next.size === 0 || end >= tokens.length) return;
    for (const guess of guesses[end] ?? []) {
      const next = node.next.get(guess.word);
      const total = slips + (guess.cost >= 1 ? 1 : 0);
      if (next && total <= 2) walk(next, start, end + 1, cost + guess.cost, total);
    }
  };
  tokens.forEach((token, start) => {
    walk(index.root, start, start, 0, 0);
    for (const meaning of index.joined(token.folded)) note(start, start + 1, meaning, 0.1);
  });
  return segment(tokens.length, acceptable(tokens, reader, found));
}

/** What the diacritics of the typed words cost; a text typed plain throughout pays nothing. */
function diacritics(tokens: readonly Token[], start: number, end: number, meaning: Meaning): number {
  const typed = tokens.slice(start, end);
  if (typed.every((token) => token.spoken === token.folded)) return 0;
  let sum = 0;
  typed.forEach((token, index) => {
    const name = meaning.spoken[index] ?? '';
    sum += diacriticsCost(token.spoken, name);
  });
  return sum;
}

/** Whether so many slips are believable in a name of this length. */
function isClose(meaning: Meaning, cost: number, slips: number): boolean {
  const letters = meaning.words.join('').length;
  const allowed = letters >= 11 ? 2 : letters >= 6 ? 1 : 0;
  const diacriticsLimit = slips > 0 ? 0.3 : 0.4 * meaning.words.length - 0.2;
  return slips <= allowed && cost - slips <= diacriticsLimit;
}

function acceptable(
  tokens: readonly Token[],
  reader: ContextReader,
  found: ReadonlyMap<string, ReadonlyMap<Meaning, number>>,
): Span[] {
  const spans: Span[] = [];
  for (const [key, costs] of found) {
    const [start = 0, end = 0] = key.split('-').map(Number);
    const cost = Math.min(...costs.values());
    const context = reader.around(tokens, start, end);
    const introduced = context.from < start;
    const words = tokens.slice(start, end).map((token) => token.folded);
    if (reader.isOrdinary(words.join(' ')) && !introduced && !(start === 0 && tokens.length <= 6)) continue;
    if (cost > GUESS && !introduced && (context.to - context.from) * 2 < tokens.length) continue;
    const meanings = [...costs].filter(([, own]) => own <= cost + 0.001).map(([meaning]) => meaning);
    spans.push({ start, end, meanings, cost, context });
  }
  return spans;
}

/** The set of spans without overlap that explains most words at least cost. */
function segment(length: number, spans: readonly Span[]): Span[] {
  const best: { value: number; last?: Span }[] = [{ value: 0 }];
  for (let end = 1; end <= length; end += 1) {
    let choice: { value: number; last?: Span } = { value: best[end - 1]?.value ?? 0 };
    for (const span of spans) {
      if (span.end !== end) continue;
      // A longer name beats two short ones inside it, an exact one a guess.
      const own = (end - span.start) ** 1.1 - 1.5 * span.cost;
      const value = (best[span.start]?.value ?? 0) + own;
      if (own > 0 && value > choice.value) choice = { value, last: span };
    }
    best.push(choice);
  }
  const chosen: Span[] = [];
  for (let at = length; at > 0; ) {
    const last = best[at]?.last;
    if (last) chosen.unshift(last);
    at = last ? last.start : at - 1;
  }
  return chosen;
}
