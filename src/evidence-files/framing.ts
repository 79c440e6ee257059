import type { CleaningOutcome, NotCleaned } from './clean-image.js';

/**
 * How the cleaning process answers on its standard output: one byte that says what follows, then either two lengths (four
 * bytes each, big end first) with the two pictures, or nothing.
 */
const CODES: readonly NotCleaned[] = ['too_large', 'damaged', 'no_reader'];
const CLEANED = 0x43;
const HEADER_BYTES = 9;

export function writeOutcome(outcome: CleaningOutcome): Buffer {
  if (outcome.kind === 'not_cleaned') return Buffer.of(CODES.indexOf(outcome.why) + 1);
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = CLEANED;
  header.writeUInt32BE(outcome.clean.length, 1);
  header.writeUInt32BE(outcome.preview.length, 5);
  return Buffer.concat([header, outcome.clean, outcome.preview]);
}

/** Undefined for anything that is not a whole answer: the process broke off, or a hostile file made it say something else. */
export function readOutcome(answer: Buffer): CleaningOutcome | undefined {
  const code = answer[0];
  if (code === undefined) return undefined;
  const why = CODES[code - 1];
  if (why !== undefined) return answer.length === 1 ? { kind: 'not_cleaned', why } : undefined;
  if (code !== CLEANED || answer.length < HEADER_BYTES) return undefined;
  const [clean, preview] = [answer.readUInt32BE(1), answer.readUInt32BE(5)];
  if (answer.length !== HEADER_BYTES + clean + preview) return undefined;
  return {
    kind: 'cleaned',
    clean: answer.subarray(HEADER_BYTES, HEADER_BYTES + clean),
    preview: answer.subarray(HEADER_BYTES + clean),
  };
}
