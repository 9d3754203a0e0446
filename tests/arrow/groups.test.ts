/** Groups of Arrow columns: what is equal to polars is equal here, whatever the type. */

import {
  Bool,
  type DataType,
  Dictionary,
  Int8,
  Int16,
  Int32,
  LargeUtf8,
  Table,
  Uint32,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import pl from "nodejs-polars";
import { ta as polars } from "nodejs-polars-ta";
import { ta } from "nodejs-polars-ta/arrow";
import { describe, expect, test } from "vitest";
import { child, difference, tableOf } from "../support/arrow.js";
import { KEYS, keyed, LAYOUTS, TWO_KEYS } from "../support/keys.js";
import { runs } from "../support/runs.js";

const makes = Object.entries({ ...KEYS, ...TWO_KEYS });

/** Two indicators within groups, one of several inputs and outputs. */
const compute = (table: Table, over: readonly (string | Vector)[]) => [
  ta.ema(table, { period: 3, over }),
  ta.bbands(table, { period: 4, over }),
];

describe.each(Object.entries(LAYOUTS))("%s", (_, layout) => {
  const rows = 240;

  test.each(makes)("by %s", (_, make) => {
    const frame = keyed(rows, [make("key", layout(rows))]);
    const wanted = tableOf(
      frame.select(polars.ema(3).over("key").alias("0"), polars.bbands(4).over("key").alias("1")),
    );
    const made = compute(tableOf(frame), ["key"]);
    expect(made.map((vector, i) => difference(vector, child(wanted, String(i))))).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test("by several columns", () => {
  const rows = 240;
  const [first, second] = [makes[0], makes[3]];
  const frame = keyed(rows, [
    (first as (typeof makes)[0])[1]("a", LAYOUTS.interleaved?.(rows) ?? []),
    (second as (typeof makes)[0])[1]("b", LAYOUTS["runs of three rows"]?.(rows) ?? []),
  ]);
  const wanted = tableOf(frame.select(polars.ema(3).over("a", "b").alias("0")));
  const [made] = compute(tableOf(frame), ["a", "b"]);
  expect(difference(made as Vector, child(wanted, "0"))).toBeUndefined();
});

/** Text as a vector of a type, in pieces that each begin somewhere in a longer one. */
function inPieces(
  values: readonly (string | null)[],
  cuts: readonly number[],
  type: () => DataType,
) {
  const ends = [...new Set(cuts.filter((cut) => cut < values.length)), values.length].sort(
    (a, b) => a - b,
  );
  const pieces = ends.map((end, index) => {
    const own = values.slice(ends[index - 1] ?? 0, end);
    // Something before and after, so that the piece has an offset.
    const padded = ["pad", null, ...own, "pad"];
    return vectorFromArray(padded, type()).slice(2, 2 + own.length);
  });
  return new Vector(pieces.flatMap((piece) => piece.data));
}

const TYPES: Record<string, () => DataType> = {
  Utf8: () => new Utf8(),
  LargeUtf8: () => new LargeUtf8(),
  "Dictionary<Int8>": () => new Dictionary(new Utf8(), new Int8()),
  "Dictionary<Int16>": () => new Dictionary(new Utf8(), new Int16()),
  "Dictionary<Uint32>": () => new Dictionary(new Utf8(), new Uint32()),
};

describe("text in pieces, each with its own dictionary", () => {
  const words = fc.option(fc.constantFrom("", "a", "b", "symbol with a long name", "é", "日本"), {
    nil: null,
  });
  test.each(Object.entries(TYPES))("%s", (_, type) => {
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 60 }),
        fc.array(fc.nat(60), { maxLength: 4 }),
        (keys, cuts) => {
          const values = keys.map((_, row) => (row * 7) % 11);
          const frame = pl.DataFrame([
            pl.Series("close", values, pl.Float64),
            pl.Series("key", keys as string[], pl.String),
          ]);
          const wanted = tableOf(frame.select(polars.sma(2).over("key").alias("0")));
          const close = vectorFromArray(Float64Array.from(values));
          const made = ta.sma(close, { period: 2, over: inPieces(keys, cuts, type) });
          return difference(made, child(wanted, "0")) === undefined;
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

describe("keys are refused", () => {
  const close = vectorFromArray(Float64Array.of(1, 2, 3));
  const table = new Table({ close, flag: vectorFromArray([true, false, true], new Bool()) });
  const refusal = (over: unknown, of: unknown = table): string => {
    try {
      ta.sma(of as Table, { over: over as string });
      return "computed";
    } catch (error) {
      return String(error);
    }
  };

  test("in one sentence each", () => {
    const lists = tableOf(pl.DataFrame({ close: [1, 2], lists: [[1], [2]] }));
    expect([
      refusal("flog"),
      refusal([]),
      refusal(3),
      refusal(close.slice(1)),
      refusal("flag", close),
      refusal("lists", lists),
    ]).toEqual([
      'TaError: sma: there is no column "flog" (did you mean "flag"?); the table has close, flag',
      "TaError: sma: over must be one or more columns, got an array",
      "TaError: sma: over must be a column name or a vector, got 3",
      "TaError: sma: inputs must have the same length, over has 2 rows where others have 3",
      'TaError: sma: a vector has no column "flag"; give a vector instead of its name, or a table',
      expect.stringMatching(
        /^TaError: column "lists" has dtype (Large)?List<.*>; rows are grouped by text, dictionary, numeric, Boolean, date or time columns$/,
      ),
    ]);
  });

  test("when an index or an offset points outside, and the process goes on", () => {
    const codes = vectorFromArray(["a", "b", "a"], new Dictionary(new Utf8(), new Int32()));
    (codes.data[0] as { values: Int32Array }).values[1] = 7;
    expect(refusal(codes)).toMatch(/column "over" points outside of its text or dictionary$/);
    const text = vectorFromArray(["a", "b", "c"], new Utf8());
    (text.data[0] as { valueOffsets: Int32Array }).valueOffsets[2] = 1_000;
    expect(refusal(text)).toMatch(/column "over" points outside of its text or dictionary$/);
  });
});
