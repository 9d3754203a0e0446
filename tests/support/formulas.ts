/** A few indicators written out plainly, and a frame small enough to compute them by hand. */

import pl from "nodejs-polars";
import { expect } from "vitest";

type Values = readonly (number | null)[];

/** Two symbols whose rows are mixed, all columns different enough that none can pass for another. */
export const columns = {
  symbol: ["a", "b", "b", "a", "a", "b", "a", "b", "a", "b", "a", "b"],
  open: [10, 20, 21, 10.5, 11, 19, 12, 18.5, 11.5, 19.5, 12.5, 20.5],
  high: [11.5, 21.5, 22, 12, 13, 20, 13.5, 20, 13, 21, 14, 22.5],
  low: [9, 19, 20.5, 10, 10.5, 18, 11, 18, 11, 19, 12, 19.5],
  close: [10.5, 21, 20.75, 11.5, 12, 18.5, 11.25, 19.75, 12.75, 20, 13.25, 21.25],
  adj_close: [5.5, 10, 10.25, 5.75, 6.5, 9.5, 5.25, 9.75, 6.75, 10.5, 6.25, 11],
};

export const frame = () => pl.DataFrame(columns);

/** Simple moving average. */
export function sma(values: Values, period: number): (number | null)[] {
  return windows(values, period, (window) => window.reduce((sum, v) => sum + v, 0) / period);
}

/** The middle, and `width` standard deviations above and below it. */
export function bbands(values: Values, period: number, width: number) {
  const middle = sma(values, period);
  const deviation = windows(values, period, (window) => {
    const mean = window.reduce((sum, v) => sum + v, 0) / period;
    return Math.sqrt(window.reduce((sum, v) => sum + (v - mean) ** 2, 0) / period);
  });
  const band = (sign: number) =>
    middle.map((m, row) => (m === null ? null : m + sign * width * (deviation[row] ?? 0)));
  return { upper: band(1), middle, lower: band(-1) };
}

/** Wilder's average true range: the first row has no true range, the first value is a plain mean. */
export function atr(high: Values, low: Values, close: Values, period: number): (number | null)[] {
  let average: number | null = null;
  const ranges: number[] = [];
  return close.map((_, row) => {
    if (row === 0) return null;
    const [h, l, before] = [at(high, row), at(low, row), at(close, row - 1)];
    ranges.push(Math.max(h - l, Math.abs(h - before), Math.abs(l - before)));
    if (ranges.length < period) return null;
    average =
      average === null
        ? ranges.reduce((sum, v) => sum + v, 0) / period
        : (average * (period - 1) + at(ranges, ranges.length - 1)) / period;
    return average;
  });
}

/** True where `a` passes above `b`. */
export const crossup = (a: Values, b: Values) =>
  a.map((_, row) =>
    row === 0 ? null : at(a, row) > at(b, row) && at(a, row - 1) <= at(b, row - 1),
  );

/** Computes within each group, in row order, and puts the results back where the rows are. */
export function grouped<T>(keys: readonly unknown[], compute: (rows: number[]) => T[]): T[] {
  const result: T[] = [];
  for (const rows of Map.groupBy(keys.keys(), (row) => keys[row]).values()) {
    compute(rows).forEach((value, index) => {
      result[rows[index] as number] = value;
    });
  }
  return result;
}

/** The values in some rows. */
export const pick = (values: Values, rows: number[]) => rows.map((row) => values[row] ?? null);

/** Compares a column with what it should be: nulls in the same rows, numbers to 1e-9. */
export function expectValues(
  actual: Iterable<unknown>,
  expected: readonly (number | boolean | null)[],
): void {
  const values = [...actual];
  expect(values).toHaveLength(expected.length);
  const different = values.flatMap((value, row) => {
    const wanted = expected[row];
    const close =
      typeof value === "number" && typeof wanted === "number"
        ? Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted))
        : Object.is(value, wanted);
    return close ? [] : [{ row, value, wanted }];
  });
  expect(different).toEqual([]);
}

function windows(values: Values, period: number, compute: (window: number[]) => number) {
  return values.map((_, row) => {
    if (row < period - 1) return null;
    return compute(values.slice(row - period + 1, row + 1).map(Number));
  });
}

function at(values: Values, row: number): number {
  const value = values[row];
  if (typeof value !== "number") throw new Error(`no number in row ${row}`);
  return value;
}
