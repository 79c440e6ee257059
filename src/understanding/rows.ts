/** Numbers in rows of different lengths, one after the other: for each feature the columns that have it, and how much. */
export interface Rows {
  /** By feature where its row begins; one more at the end. */
  readonly starts: Int32Array;
  readonly columns: Uint16Array;
  readonly values: Float32Array;
}

export interface Cell {
  readonly feature: number;
  readonly column: number;
  readonly value: number;
}

/** By feature where those that have it begin, when they stand in the order of features; one more at the end. */
export function startsOf(cells: readonly Pick<Cell, 'feature'>[], count: number): Int32Array {
  const starts = new Int32Array(count + 1);
  for (const { feature } of cells) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1;
  for (let row = 0; row < count; row += 1) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  return starts;
}

/** @param count how many features there are */
export function rowsOf(cells: readonly Cell[], count: number): Rows {
  const starts = startsOf(cells, count);
  const next = starts.slice();
  const columns = new Uint16Array(cells.length);
  const values = new Float32Array(cells.length);
  for (const { feature, column, value } of cells) {
    const at = next[feature] ?? 0;
    next[feature] = at + 1;
    columns[at] = column;
    values[at] = value;
  }
  return { starts, columns, values };
}
