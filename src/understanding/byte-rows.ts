/** Rows of weights of a byte each, kept four to a number. */
export interface ByteRows {
  /** How many weights a row has. */
  readonly columns: number;
  readonly fours: Int32Array;
}

/** A byte is −128 to 127; to add four at once each is moved up by so much. */
const UP = 128;
const ALL_UP = 0x80808080;
/** Two bytes of the four, with room beside each for the sum of as many rows. */
const EVERY_OTHER = 0x00ff00ff;
const MOST_ROWS = 256;

/** @param weights row after row */
export function byteRows(weights: Int8Array, columns: number): ByteRows {
  const width = widthOf(columns);
  const rows = weights.length / columns;
  const padded = new Int8Array(rows * width * 4);
  for (let row = 0; row < rows; row += 1)
    padded.set(weights.subarray(row * columns, (row + 1) * columns), row * width * 4);
  return { columns, fours: new Int32Array(padded.buffer) };
}

/**
 * Adds up rows, four weights at once: two of them share each number that is added to, which takes a third of the time
 * of one by one. Relies on numbers whose lowest byte comes first (x64, arm64); elsewhere its test fails.
 */
export class RowSums {
  readonly #rows: ByteRows;
  readonly #width: number;
  // The first and third of each four, and the second and fourth, since the sums were last carried over.
  readonly #even: Int32Array;
  readonly #odd: Int32Array;
  readonly #sums: Int32Array;
  #added = 0;

  constructor(rows: ByteRows) {
    this.#rows = rows;
    this.#width = widthOf(rows.columns);
    this.#even = new Int32Array(this.#width);
    this.#odd = new Int32Array(this.#width);
    this.#sums = new Int32Array(this.#width * 4);
  }

  begin(): void {
    this.#sums.fill(0);
    this.#even.fill(0);
    this.#odd.fill(0);
    this.#added = 0;
  }

  add(row: number): void {
    if (this.#added === MOST_ROWS) this.#carryOver();
    this.#added += 1;
    const { fours } = this.#rows;
    const even = this.#even;
    const odd = this.#odd;
    const from = row * this.#width;
    for (let at = 0; at < even.length; at += 1) {
      const four = (fours[from + at] ?? 0) ^ ALL_UP;
      even[at] = (even[at] ?? 0) + (four & EVERY_OTHER);
      odd[at] = (odd[at] ?? 0) + ((four >>> 8) & EVERY_OTHER);
    }
  }

  /** By column the sum of the rows added; holds until the next is added. */
  sums(): Int32Array {
    this.#carryOver();
    return this.#sums;
  }

  #carryOver(): void {
    const sums = this.#sums;
    const up = UP * this.#added;
    for (let at = 0; at < this.#width; at += 1) {
      const even = this.#even[at] ?? 0;
      const odd = this.#odd[at] ?? 0;
      const column = at * 4;
      sums[column] = (sums[column] ?? 0) + (even & 0xffff) - up;
      sums[column + 1] = (sums[column + 1] ?? 0) + (odd & 0xffff) - up;
      sums[column + 2] = (sums[column + 2] ?? 0) + (even >>> 16) - up;
      sums[column + 3] = (sums[column + 3] ?? 0) + (odd >>> 16) - up;
    }
    this.#even.fill(0);
    this.#odd.fill(0);
    this.#added = 0;
  }
}

const widthOf = (columns: number): number => Math.ceil(columns / 4);
