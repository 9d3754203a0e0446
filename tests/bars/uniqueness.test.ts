/** `ta.uniqueness` against its definition: the mean share of each label over the times of its span. */

import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { expect, test } from "vitest";
import { days } from "../support/days.js";
import { refusal } from "../support/refusals.js";
import { runs } from "../support/runs.js";

interface Row {
  readonly symbol: string | null;
  readonly at: number;
  readonly on: number | null;
}

const frameOf = (rows: readonly Row[]): DataFrame =>
  pl.DataFrame({
    symbol: pl.Series(
      "symbol",
      rows.map(({ symbol }) => symbol),
      pl.Utf8,
    ),
    date: days(
      "date",
      rows.map(({ at }) => at),
    ),
    on: days(
      "on",
      rows.map(({ on }) => on),
    ),
  });

const table = fc
  .array(
    fc.record({
      symbol: fc.constantFrom("A", "B", null),
      at: fc.integer({ min: 0, max: 30 }),
      length: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(null)),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ length, ...row }) => ({ ...row, on: length === null ? null : row.at + length })),
  );

/** The weights of the rows of one group. */
function weights(rows: readonly Row[]): (number | null)[] {
  const times = new Set(rows.flatMap(({ at, on }) => (on === null ? [at] : [at, on])));
  const within = (time: number) => (row: Row) =>
    row.on !== null && row.at <= time && time <= row.on;
  return rows.map((row) => {
    if (row.on === null) return null;
    const own = [...times].filter((time) => within(time)(row));
    const shares = own.map((time) => 1 / rows.filter(within(time)).length);
    return shares.reduce((sum, share) => sum + share, 0) / own.length;
  });
}

const ofFrame = (rows: readonly Row[], more: object): (number | null)[] =>
  ta.uniqueness(frameOf(rows), { knownOn: "on", ...more }).toArray() as (number | null)[];

const close = (found: readonly (number | null)[], wanted: readonly (number | null)[]): void => {
  expect(found).toHaveLength(wanted.length);
  for (const [row, value] of wanted.entries()) {
    if (value === null) expect(found[row]).toBeNull();
    else expect(found[row]).toBeCloseTo(value, 10);
  }
};

test("is the mean share of a label over the times of its span", () => {
  fc.assert(
    fc.property(table, (rows) => close(ofFrame(rows, {}), weights(rows))),
    { numRuns: runs(100) },
  );
});

test("within groups, labels of others do not overlap", () => {
  fc.assert(
    fc.property(table, (rows) => {
      const wanted = rows.map(() => null as number | null);
      for (const symbol of ["A", "B", null]) {
        const own = rows.flatMap((row, number) => (row.symbol === symbol ? [number] : []));
        const found = weights(own.map((number) => rows[number] as Row));
        for (const [index, number] of own.entries()) wanted[number] = found[index] ?? null;
      }
      close(ofFrame(rows, { over: "symbol" }), wanted);
    }),
    { numRuns: runs(100) },
  );
});

test("two labels that overlap by half share that half", () => {
  const row = (at: number, on: number | null): Row => ({ symbol: "A", at, on });
  const rows = [row(0, 1), row(1, 2), row(2, null), row(3, 3)];
  expect(ofFrame(rows, {})).toEqual([0.75, 0.75, null, 1]);
});

test("a column that is not there is refused", () => {
  const frame = frameOf([{ symbol: "A", at: 0, on: 1 }]);
  expect(refusal(() => ta.uniqueness(frame, { knownOn: "on", over: "symbl" }))).toContain(
    'uniqueness: over is "symbl", which is no column; the frame has "symbol", "date", "on"',
  );
});
