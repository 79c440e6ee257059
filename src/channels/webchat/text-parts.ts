/** A stretch of a message's text. `call`: it is an emergency number and can be tapped. */
export interface TextPart {
  readonly text: string;
  readonly strong: boolean;
  readonly call?: string;
}

const EMERGENCY = /^11[1-5]$/;
const LETTER_OR_DIGIT = /[\p{L}\d]/u;

/**
 * Cuts a text where `**strong**` words and emergency numbers (111 to 115) stand, so that a page can show them so.
 * Numbers of articles and documents ("Điều 111", "113/2025/NĐ-CP") stay plain: `notAfter` lists, with commas, the words
 * whose number is no telephone number. Joined again, the parts give the text without its asterisks.
 */
export function textParts(text: string, notAfter: string): TextPart[] {
  const words = notAfter.split(',').map((word) => word.trim().toLowerCase());
  const pieces = text.split('**');
  // An asterisk pair left open is no emphasis; it is dropped all the same.
  const closed = pieces.length % 2 === 1 ? pieces.length : pieces.length - 1;
  return pieces.flatMap((piece, index) => callParts(piece, index % 2 === 1 && index < closed, words));
}

/** The emergency numbers a text names, each once, in the order of the text. */
export function emergencyNumbers(text: string, notAfter: string): string[] {
  const numbers = textParts(text, notAfter).flatMap((part) => part.call ?? []);
  return [...new Set(numbers)];
}

function callParts(piece: string, strong: boolean, notAfter: readonly string[]): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of piece.matchAll(/\d+/g)) {
    const before = piece.slice(0, match.index);
    const after = piece.slice(match.index + match[0].length);
    if (!EMERGENCY.test(match[0]) || !standsAlone(before, after) || follows(before, notAfter)) continue;
    if (match.index > from) parts.push({ text: piece.slice(from, match.index), strong });
    parts.push({ text: match[0], strong, call: match[0] });
    from = match.index + match[0].length;
  }
  if (from < piece.length) parts.push({ text: piece.slice(from), strong });
  return parts;
}

function standsAlone(before: string, after: string): boolean {
  if (LETTER_OR_DIGIT.test(before.slice(-1)) || LETTER_OR_DIGIT.test(after.slice(0, 1))) return false;
  if (/\d[.,-]$/.test(before) || /^[.,-]\d/.test(after)) return false;
  // "111/113" offers two numbers, "111/2013/NĐ-CP" is a document.
  if (/\/$/.test(before) && !/(^|\D)11[1-5]\/$/.test(before)) return false;
  return !/^\//.test(after) || /^\/11[1-5](\D|$)/.test(after);
}

function follows(before: string, words: readonly string[]): boolean {
  const lead = before.trimEnd().toLowerCase();
  return words.some(
    (word) => word !== '' && lead.endsWith(word) && !/\p{L}/u.test(lead.slice(0, -word.length).slice(-1)),
  );
}
