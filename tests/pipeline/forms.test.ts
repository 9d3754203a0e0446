/** `if` and `fill`: one of two values row by row, the same in the batch and bar by bar. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { message } from "../support/texts.js";

const rows = [
  { close: 1.5, open: 2, whole: 3, flag: true },
  { close: 4, open: 3, whole: -1, flag: false },
  { close: null, open: 5, whole: 0, flag: null },
  { close: 7, open: null, whole: 8, flag: true },
  { close: 0, open: 1, whole: null, flag: false },
];

const values = (name: "close" | "open" | "whole" | "flag") =>
  rows.map((row) => row[name]) as never[];

const frame = pl.DataFrame([
  pl.Series("close", values("close"), pl.Float64),
  pl.Series("open", values("open"), pl.Float64),
  pl.Series("whole", values("whole"), pl.Int64),
  pl.Series("flag", values("flag"), pl.Bool),
]);

const batch = (text: string): unknown[] => [...frame.select(ta.expr(text)).toSeries(0).toArray()];

/** What a stream gives, row by row. */
function stream(text: string): unknown[] {
  const live = ta.pipeline({ features: [{ expr: text, as: "x" }] }).stream();
  return rows.map((row) => live.update(row as never).x);
}

test.each<[string, unknown[]]>([
  ["if(close > open, 1, -1)", [-1, 1, null, null, -1]],
  // The value that is not taken may be missing.
  ["if(flag, close, open)", [1.5, 3, null, 7, 1]],
  ["if(flag, whole, 0.5)", [3, 0.5, null, 8, 0.5]],
  ["if(close > open, flag, not flag)", [false, false, null, null, true]],
  ["if(flag, if(close > 2, 2, 1), 0)", [1, 0, null, 2, 0]],
  ["fill(close, 0)", [1.5, 4, 0, 7, 0]],
  ["fill(close, open)", [1.5, 4, 5, 7, 0]],
  ["fill(whole, close)", [3, -1, 0, 8, 0]],
  ["fill(flag, true)", [true, false, true, true, false]],
  ["fill(if(close > open, 1, -1), 0)", [-1, 1, 0, 0, -1]],
  ["if(1 < 2, close, open)", [1.5, 4, null, 7, 0]],
  ["close / if(1 < 2, 3, 4)", [0.5, 4 * (1 / 3), null, 7 * (1 / 3), 0]],
  // What the use needs settles what two columns are.
  ["not fill(flag, flag)", [false, true, null, false, true]],
  ["if(close > open, flag, flag) == true", [true, false, null, null, false]],
  ["sum(if(flag, 1, 0), 2)", [null, 1, null, 1, 1]],
])("%s", (text, expected) => {
  expect(batch(text)).toEqual(expected);
  expect(stream(text)).toEqual(expected);
});

test("numbers are Float64, conditions Boolean", () => {
  const made = frame.select(
    ta.expr("fill(whole, 1) as a"),
    ta.expr("if(flag, whole, whole) as b"),
    ta.expr("fill(flag, false) as c"),
  );
  expect(made.schema).toEqual({ a: pl.Float64, b: pl.Float64, c: pl.Bool });
});

test("are named and written by their text", () => {
  const pipeline = ta.pipeline({ features: ["if( close>open,sma(3) ,fill(open,0))"] });
  expect(pipeline.columns).toEqual(["if(close > open, sma(3), fill(open, 0))"]);
  const again = ta.pipeline(pipeline.toJSON());
  expect(again.columns).toEqual(pipeline.columns);
  expect(again.toJSON()).toEqual(pipeline.toJSON());
});

test("a constant is never missing", () => {
  expect(ta.pipeline({ features: ["fill(3, close) + close as x"] }).toJSON().features).toEqual([
    { expr: "3 + close", as: "x" },
  ]);
});

test("reach as far as what they read", () => {
  const { lookback } = ta.pipeline({ features: ["if(ema(5) > ema(20), sma(50), close)"] });
  expect(lookback).toBe(49);
});

describe("refused", () => {
  test.each([
    [
      "if(close > open, 1)",
      "if is written if(condition, value where it is true, value where it is false)",
    ],
    ["fill(close)", "fill is written fill(value, value where the first is missing)"],
    ["fill(value=close, with=0)", "fill is written fill("],
    ["if(rsi(14), 1, 0)", '"if" needs a condition, as in rsi(14) > 0; this is a number'],
    ["if(flag, close > open, 2)", '"if" needs a condition, as in 2 > 0; this is a number'],
    ["fill(close, 'x')", '"fill" needs a number; this is a text'],
    ["if(flag, macd, 0)", 'reads "macd", which is no column'],
    ["if(flag, macd(), 0)", "macd has the outputs macd, signal, histogram; choose one"],
  ])("%s", (text, sentence) => {
    expect(message(() => ta.pipeline({ features: [text] }).apply(frame))).toContain(sentence);
  });

  test("conditions inside each other, because polars would have each of them twice", () => {
    let text = "flag";
    for (let depth = 0; depth < 20; depth++) text = `if(${text}, flag, not flag)`;
    expect(message(() => ta.expr(text))).toMatch(/the expression has \d+ parts .* the most is/);
  });
});
