import { seeded, seedOf } from './seeded.js';

/** Phrases that composed sentences name as `<name>`, one a line. */
export type Parts = ReadonlyMap<string, readonly string[]>;

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'oneOf'; readonly choices: readonly Piece[][] };

/** A line with choices stands for at most so many sentences. */
const MOST_SENTENCES = 12;

/**
 * The sentences that a line stands for: `(a|b)` is one of several, `[a|b]` one of them or nothing, `<name>` a phrase of
 * parts.yaml; all may be nested. Which ones are taken of many is drawn by a fixed seed, so that the same line gives the
 * same sentences on every machine. A line without choices is itself.
 * @throws Error that quotes the line and says what is wrong.
 */
export function composeSentences(line: string, parts: Parts): readonly string[] {
  if (!/[([<]/.test(line)) return [line];
  const pieces = parse(line, parts);
  const random = seeded(seedOf(line, 7));
  const found = new Set<string>();
  for (let tries = 0; tries < MOST_SENTENCES * 2 && found.size < MOST_SENTENCES; tries += 1)
    found.add(draw(pieces, random).replace(/\s+/g, ' ').replace(/ ,/g, ',').trim());
  return [...found];
}

function draw(pieces: readonly Piece[], random: () => number): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      return draw(piece.choices[Math.floor(random() * piece.choices.length)] ?? [], random);
    })
    .join('');
}

function parse(line: string, parts: Parts): readonly Piece[] {
  const fail = (why: string): never => {
    throw new Error(`sentence "${line}": ${why}`);
  };
  const tokens = line.match(/<[^<>]*>|[()[\]|]|[^()[\]|<>]+/g) ?? [];
  let at = 0;
  const sequence = (depth: number): Piece[] => {
    const pieces: Piece[] = [];
    for (; at < tokens.length; at += 1) {
      const token = tokens[at] ?? '';
      if (token === '|' || token === ')' || token === ']') {
        if (depth === 0) fail(`"${token}" without its opening sign`);
        break;
      }
      if (token === '(' || token === '[') pieces.push(choice(token, depth));
      else if (token.startsWith('<')) {
        const phrases = parts.get(token.slice(1, -1)) ?? fail(`no part ${token}`);
        pieces.push({ kind: 'oneOf', choices: phrases.map((phrase) => [{ kind: 'text', text: phrase }]) });
      } else pieces.push({ kind: 'text', text: token });
    }
    return pieces;
  };
  const choice = (open: string, depth: number): Piece => {
    const choices: Piece[][] = open === '[' ? [[]] : [];
    do {
      at += 1;
      choices.push(sequence(depth + 1));
    } while (tokens[at] === '|');
    if (tokens[at] !== (open === '(' ? ')' : ']')) fail(`"${open}" is not closed`);
    return { kind: 'oneOf', choices };
  };
  return sequence(0);
}
