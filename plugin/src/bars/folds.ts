/** Divides labelled rows into train and test sets that share no time. */

/** The rows of a frame as spans of times, which are numbered from 1 in their order. */
export interface Spans {
  /** The time of each row. */
  readonly from: Uint32Array;
  /** The time at which the label of each row is known; 0 if the row has none. */
  readonly to: Uint32Array;
  /** The times of the rows, each once, in their order. */
  readonly times: Uint32Array;
}

/** How to form the folds the rows. */
export interface FoldRules {
  readonly kind: "purged" | "walk_forward";
  readonly folds: number;
  readonly embargo: number;
  readonly window: number | undefined;
}

/** The row numbers of one fold. */
export interface Rows {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** The fewest times for so many folds. */
export const fewestTimes = ({ kind, folds }: Pick<FoldRules, "kind" | "folds">): number =>
  kind === "purged" ? folds : folds + 1;

/** The rows of each fold. */
export function rowsOfFolds(spans: Spans, rules: FoldRules): Rows[] {
  const { times } = spans;
  const blocks = fewestTimes(rules);
  const begin = (block: number) => Math.floor((block * times.length) / blocks);
  const first = blocks - rules.folds;
  return Array.from({ length: rules.folds }, (_, fold) => {
    const [start, end] = [begin(first + fold), begin(first + fold + 1)];
    return rules.kind === "purged"
      ? purged(spans, start, end, rules.embargo)
      : walked(spans, start, end, rules.window);
  });
}

/** The labelled rows whose times and labels pass a test. */
function rowsWhere({ from, to }: Spans, test: (from: number, to: number) => boolean): Uint32Array {
  const rows: number[] = [];
  for (const [row, known] of to.entries()) {
    if (known > 0 && test(from[row] ?? 0, known)) rows.push(row);
  }
  return Uint32Array.from(rows);
}

const timeAt = ({ times }: Spans, step: number): number => times[step] ?? 0;

/** The rows of the times from `start` to before `end`. */
function testRows(spans: Spans, start: number, end: number): Uint32Array {
  const [first, last] = [timeAt(spans, start), timeAt(spans, end - 1)];
  return rowsWhere(spans, (from) => from >= first && from <= last);
}

/** Train on all rows before and after the test whose labels do not overlap it. */
function purged(spans: Spans, start: number, end: number, embargo: number): Rows {
  const test = testRows(spans, start, end);
  const first = timeAt(spans, start);
  // The labels of the test reach beyond its last row.
  const last = test.reduce(
    (latest, row) => Math.max(latest, spans.to[row] ?? 0),
    timeAt(spans, end - 1),
  );
  const after = firstAfter(spans.times, last) + embargo;
  const again = after < spans.times.length ? timeAt(spans, after) : Number.POSITIVE_INFINITY;
  return { test, train: rowsWhere(spans, (from, to) => to < first || from >= again) };
}

/** Train on the rows whose labels are known before the test begins. */
function walked(spans: Spans, start: number, end: number, window: number | undefined): Rows {
  const first = timeAt(spans, start);
  const oldest = window === undefined ? 0 : timeAt(spans, Math.max(0, start - window));
  return {
    test: testRows(spans, start, end),
    train: rowsWhere(spans, (from, to) => to < first && from >= oldest),
  };
}

/** The index of the first of ordered times that is after a time. */
function firstAfter(times: Uint32Array, time: number): number {
  const found = times.findIndex((each) => each > time);
  return found < 0 ? times.length : found;
}
