// Figures: gathers what each run measured and tells it as min, median and max.

/** The value below which the share `q` (0 to 1) of the sorted values lies. */
export const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];

const median = (sorted) => {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/**
 * One collection for a whole bench. `add` gives one value of a named figure, once a run; `unit` and `target`
 * (`{atMost}` or `{atLeast}`) are the same each time.
 */
export function createFigures() {
  const figures = new Map();
  return {
    add(group, name, unit, value, target) {
      const key = `${group}\n${name}`;
      const figure = figures.get(key) ?? { group, name, unit, target, values: [] };
      figure.values.push(value);
      figures.set(key, figure);
    },
    /** Rows in the order in which they were first added. `met` compares the median with the target. */
    rows: () =>
      [...figures.values()].map(({ values, target, ...figure }) => {
        const sorted = [...values].sort((a, b) => a - b);
        const middle = median(sorted);
        const met =
          target === undefined
            ? undefined
            : middle <= (target.atMost ?? Infinity) && middle >= (target.atLeast ?? -Infinity);
        return {
          ...figure,
          runs: sorted.length,
          min: sorted[0],
          median: middle,
          max: sorted.at(-1),
          target,
          met,
        };
      }),
  };
}

const show = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** The rows as one aligned table of plain text. */
export function writeTable(rows) {
  const lines = [['', 'unit', 'min', 'median', 'max', 'runs', 'target', '']];
  let group;
  for (const row of rows) {
    if (row.group !== group) lines.push([row.group]);
    group = row.group;
    const target =
      row.target === undefined
        ? ''
        : 'atMost' in row.target
          ? `≤ ${row.target.atMost}`
          : `≥ ${row.target.atLeast}`;
    const verdict = row.met === undefined ? '' : row.met ? 'met' : 'MISSED';
    lines.push([
      `  ${row.name}`,
      row.unit,
      show(row.min),
      show(row.median),
      show(row.max),
      `${row.runs}`,
      target,
      verdict,
    ]);
  }
  const widths = lines[0].map((_, column) =>
    Math.max(...lines.filter((line) => line.length > 1).map((line) => line[column].length)),
  );
  return lines
    .map((line) =>
      line.length === 1
        ? `\n${line[0]}`
        : line
            .map((cell, column) =>
              column >= 2 && column <= 5 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
            )
            .join('  ')
            .trimEnd(),
    )
    .join('\n');
}
