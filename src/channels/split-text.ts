/** Where a text may be cut, best first: between paragraphs, lines, sentences, words. */
const ENDS: readonly RegExp[] = [/\n\n/g, /\n/g, /[.!?…:;]["”’)]?\s/g, /\s/g];
/** A piece shorter than this share of the limit is not worth a better cut. */
const LEAST_SHARE = 0.5;

/**
 * A text in pieces of at most `limit` UTF-16 units (the unit that platforms are safest counted in), cut at the ends of
 * paragraphs or sentences where possible; a character is never cut in two. "" gives one empty piece.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = bestEnd(rest.slice(0, limit + 1), limit);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest];
}

function bestEnd(head: string, limit: number): number {
  for (const end of ENDS) {
    const last = [...head.matchAll(end)]
      .map((match) => match.index + match[0].length)
      .filter((at) => at <= limit && at >= limit * LEAST_SHARE)
      .at(-1);
    if (last !== undefined) return last;
  }
  // Nothing to cut at: not between the two halves of one character.
  const code = head.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
}
