/** Edges of what fits into a byte. */
const MOST = 127;

/** Weights in rows, rounded to whole steps of a size that each column has for itself. */
export interface InBytes {
  readonly weights: Int8Array;
  /** By column. */
  readonly steps: Float32Array;
}

/** Rounds weights so that each takes a byte; what is lost is far below what tells one topic from another. */
export function inBytes(values: Float32Array, columns: number): InBytes {
  const most = new Float32Array(columns);
  values.forEach((value, cell) => {
    most[cell % columns] = Math.max(most[cell % columns] ?? 0, Math.abs(value));
  });
  const steps = most.map((value) => value / MOST || 1);
  return {
    weights: Int8Array.from(values, (value, cell) => Math.round(value / (steps[cell % columns] ?? 1))),
    steps,
  };
}
