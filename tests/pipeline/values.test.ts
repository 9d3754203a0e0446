/** What pipelines compute: the same as `.ta` expressions written by hand, on every kind of frame. */

import { createRequire } from "node:module";
import {
  Dictionary,
  Int32,
  makeVector,
  Table,
  tableFromIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { type PipelineConfig, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { bars, frameOf } from "../support/bars.js";
import { childScript, runNode } from "../support/child.js";
import { expectSame } from "../support/contexts.js";
import { goldenPath } from "../support/golden.js";
import { calls, message } from "../support/texts.js";

const stocks = pl
  .readCSV(goldenPath("data/stocks.csv"))
  .withColumns(pl.col("close").mul(0.9).add(pl.col("open").mul(0.1)).alias("adj_close"));

/** The symbols' rows in turns. */
const mixed = stocks.sort(["date", "symbol"]);

const example: PipelineConfig = {
  inputs: { close: "adj_close" },
  over: "symbol",
  features: [
    "rsi(14)",
    "macd(12, 26, 9).histogram",
    "bbands(20, 2) as bb",
    { id: "ema", params: { period: [5, 10, 20] } },
    "sma(rsi(14), 5)",
    "close / sma(200) - 1",
    "crossup(ema(12), ema(26))",
  ],
};

const close = pl.col("adj_close");

/** The example's features written by hand. */
const byHand: Record<string, Expr> = {
  rsi_14: close.ta.rsi(14),
  macd_12_26_9_histogram: close.ta.macd(12, 26, 9).struct.field("histogram"),
  bb: close.ta.bbands(20, 2),
  ema_5: close.ta.ema(5),
  ema_10: close.ta.ema(10),
  ema_20: close.ta.ema(20),
  sma_5: close.ta.rsi(14).ta.sma(5),
  "close / sma(200) - 1": close.div(close.ta.sma(200)).minus(1),
  crossup: ta.crossup(close.ta.ema(12), close.ta.ema(26)),
};

const columns = Object.keys(byHand);
const expected = (frame: DataFrame): DataFrame =>
  frame.withColumns(
    ...Object.entries(byHand).map(([name, expr]) => expr.over("symbol").alias(name)),
  );

describe("the example", () => {
  const pipeline = ta.pipeline(example);

  test("is what one would write by hand", () => {
    expect(pipeline.columns).toEqual(columns);
    expectSame(pipeline.apply(stocks), expected(stocks));
  });

  test("stays within the groups, in whatever order their rows stand", () => {
    expectSame(pipeline.apply(mixed), expected(mixed));
    const [first] = pipeline.apply(mixed, { keep: "none" }).getColumn("rsi_14").toArray();
    expect(first).toBeNull();
  });

  test("knows its reach", () => {
    expect(pipeline.lookback).toBe(199);
    expect(pipeline.lookahead).toBe(0);
    const symbols = stocks.getColumn("symbol").unique().toArray();
    const complete = symbols.map((symbol) => {
      const rows = pipeline.apply(stocks.filter(pl.col("symbol").eq(pl.lit(symbol))));
      return rows.withRowIndex("row").dropNulls(columns).getColumn("row").toArray()[0];
    });
    // The one with fewer rows than that has no complete row.
    expect(complete.filter((row) => row !== undefined)).toEqual([199, 199, 199]);
  });

  test("on a lazy frame runs nothing before collect", async () => {
    const lazy = pipeline.apply(stocks.lazy());
    expect(lazy.columns).toEqual([...stocks.columns, ...columns]);
    expectSame(lazy.collectSync(), expected(stocks));
    expectSame(await pipeline.apply(stocks.lazy()).collect(), expected(stocks));
    const failing = pl
      .DataFrame({ symbol: ["A"], price: ["no number"] })
      .lazy()
      .withColumns(pl.col("price").cast(pl.Float64, true).alias("adj_close"));
    const waiting = pipeline.apply(failing);
    expect(waiting.columns).toContain("rsi_14");
    expect(() => waiting.collectSync()).toThrow(/conversion/);
  });

  test("keeps what is asked for", () => {
    const wanted = expected(stocks);
    const none = pipeline.apply(stocks, { keep: "none" });
    expectSame(none, wanted.select(...columns));
    const two = pipeline.apply(stocks, { keep: ["date", "symbol"] });
    expectSame(two, wanted.select("date", "symbol", ...columns));
    const configured = ta.pipeline({ ...example, keep: ["symbol"] });
    expectSame(configured.apply(stocks), wanted.select("symbol", ...columns));
    expectSame(configured.apply(stocks, { keep: "all" }), wanted);
  });

  test("takes structs apart when asked to", () => {
    const flat = ta.pipeline({ ...example, unnest: true });
    const outputs = ["bb_upper", "bb_middle", "bb_lower"];
    expect(flat.columns).toEqual(columns.flatMap((name) => (name === "bb" ? outputs : [name])));
    const wanted = expected(stocks).select("bb").unnest("bb");
    const made = flat.apply(stocks).select(...outputs);
    expectSame(made.rename({ bb_upper: "upper", bb_middle: "middle", bb_lower: "lower" }), wanted);
  });
});

describe("a table of apache-arrow", () => {
  const pipeline = ta.pipeline(example);
  const table = tableFromIPC(stocks.writeIPC({ compression: "uncompressed" }));
  const valuesOf = (from: Table, names: string[]) =>
    names.map((name) => [...(from.getChild(name) ?? [])].map((v) => v?.toJSON?.() ?? v));

  test("gets the same features, beside its own vectors", async () => {
    const result = await pipeline.apply(table);
    expect(result.schema.fields.map(({ name }) => name)).toEqual([...stocks.columns, ...columns]);
    expect(result.numRows).toBe(stocks.height);
    expect(result.getChild("close")?.data[0]?.values).toBe(
      table.getChild("close")?.data[0]?.values,
    );
    const wanted = tableFromIPC(expected(stocks).writeIPC({ compression: "uncompressed" }));
    expect(valuesOf(result, columns)).toEqual(valuesOf(wanted, columns));
  });

  test("of types that polars writes in other ways keeps them", async () => {
    const own = new Table({
      symbol: vectorFromArray(["A", "A", "B"], new Utf8()),
      adj_close: makeVector(Float64Array.of(1, 2, 3)),
    });
    const sums = ta.pipeline({ over: "symbol", features: ["cumsum(adj_close)"] });
    const result = await sums.apply(own);
    expect(String(result.schema)).toBe(
      "Schema<{ 0: symbol: Utf8, 1: adj_close: Float64, 2: cumsum: Float64 }>",
    );
    expect([...(result.getChild("cumsum") ?? [])]).toEqual([1, 3, 3]);
    const chosen = await sums.apply(own, { keep: ["symbol"] });
    expect(chosen.schema.fields.map(({ name }) => name)).toEqual(["symbol", "cumsum"]);
  });

  test("may have several batches, a slice's offset, nulls and dictionaries", async () => {
    const gappy = mixed.withColumns(
      pl
        .when(pl.col("volume").modulo(7).eq(pl.lit(0)))
        .then(pl.lit(null))
        .otherwise(close)
        .alias("adj_close"),
    );
    const whole = tableFromIPC(gappy.writeIPC({ compression: "uncompressed" }));
    const words = vectorFromArray(
      gappy.getColumn("symbol").toArray(),
      new Dictionary(new Utf8(), new Int32()),
    );
    const keyed = whole.select(["adj_close"]).assign(new Table({ symbol: words }));
    const pieces = keyed.slice(11, 3001).concat(keyed.slice(3001, 9000));
    expect(pieces.batches.length).toBeGreaterThan(1);
    const result = await pipeline.apply(pieces, { keep: "none" });
    const wanted = pipeline.apply(gappy.slice(11, 8989), { keep: "none" });
    const same = tableFromIPC(wanted.writeIPC({ compression: "uncompressed" }));
    expect(valuesOf(result, columns)).toEqual(valuesOf(same, columns));
  });

  test("may be of the CommonJS copy of apache-arrow", async () => {
    const { makeVector: make, Table: Other } = createRequire(import.meta.url)("apache-arrow");
    const own = new Other({ close: make(Float64Array.of(1, 2, 3)) });
    const result = await ta.pipeline({ features: ["sma(2)"] }).apply(own);
    expect(result).toBeInstanceOf(Other);
    expect([...((result as unknown as Table).getChild("sma_2") ?? [])]).toEqual([null, 1.5, 2.5]);
  });

  test("has as many rows of a constant as it has itself", async () => {
    const own = new Table({ x: makeVector(Float64Array.of(1, 2, 3)) });
    const result = await ta.pipeline({ features: ["1 + 1 as two"] }).apply(own);
    expect([...(result.getChild("two") ?? [])]).toEqual([2, 2, 2]);
  });

  const like = '{ batches: [], schema: { fields: [{ name: "close" }] } }';
  test.each([
    [
      "is of no copy that is known",
      "",
      "the table is of another copy of apache-arrow than the one beside nodejs-polars-ta; install one version once",
    ],
    [
      "has no apache-arrow beside it",
      'import { registerHooks } from "node:module"; registerHooks({ resolve(name, context, next) { if (name === "apache-arrow") throw new Error("not there"); return next(name, context); } });',
      "a pipeline needs apache-arrow beside nodejs-polars-ta to compute on its tables; install it",
    ],
  ])("that %s is refused with a sentence", async (_, before, sentence) => {
    const script = `${before}
      const { ta } = await import("nodejs-polars-ta");
      await ta.pipeline({ features: ["sma(2)"] }).apply(${like}).catch((error) => console.log(String(error)));`;
    const { stdout, stderr } = await runNode(childScript(script));
    expect({ stdout, stderr }).toEqual({ stdout: `TaError: ${sentence}\n`, stderr: "" });
  });

  test("without a column is refused before anything is computed", async () => {
    await expect(pipeline.apply(table.select(["symbol", "close"]))).rejects.toThrow(
      'rsi_14 reads "adj_close", which is no column of the frame',
    );
  });
});

describe("operators are those of polars", () => {
  const df = pl.DataFrame({
    i: pl.Series("i", [7, -7, 3, null], pl.Int64),
    j: pl.Series("j", [2, 2, -2, 1], pl.Int64),
    x: [0.5, -1.5, 0, 2],
    p: [true, false, null, true],
    q: [true, true, false, null],
    s: ["a", "b", null, "a"],
  });

  test.each<[string, unknown[]]>([
    ["i + j", [9, -5, 1, null]],
    ["i - 0.5", [6.5, -7.5, 2.5, null]],
    ["i * x", [3.5, 10.5, 0, null]],
    ["i / j", [3.5, -3.5, -1.5, null]],
    ["i % j", [1, 1, -1, null]],
    ["i % -2", [-1, -1, -1, null]],
    ["x ** 2", [0.25, 2.25, 0, 4]],
    ["i ** -1", [1 / 7, -1 / 7, 1 / 3, null]],
    ["j ** x", [2 ** 0.5, 2 ** -1.5, 1, 1]],
    ["-x ** 2", [-0.25, -2.25, -0, -4]],
    ["-i", [-7, 7, -3, null]],
    ["1 / x", [2, -1 / 1.5, Infinity, 0.5]],
    ["i > j", [true, false, true, null]],
    ["i >= 3", [true, false, true, null]],
    ["i < j", [false, true, false, null]],
    ["i <= -7", [false, true, false, null]],
    ["x == 2", [false, false, false, true]],
    ["x != 2", [true, true, true, false]],
    ["s == 'a'", [true, false, null, true]],
    ["p == q", [true, false, null, null]],
    ["p and q", [true, false, false, null]],
    ["p or q", [true, true, null, true]],
    ["not p", [false, true, null, false]],
    ["not p and not q", [false, false, null, false]],
    ["p and true", [true, false, null, true]],
    ["cumsum(p and q)", [1, 1, 1, null]],
    ["cumsum(x > 0)", [1, 1, 1, 2]],
  ])("%s", (text, values) => {
    expect(df.select(ta.expr(text)).toSeries(0).toArray()).toEqual(values);
  });

  test("a constant is as long as the frame, beside others and alone", () => {
    const made = df.withColumns(ta.expr("1 + 2 as three"));
    expect(made.getColumn("three").toArray()).toEqual([3, 3, 3, 3]);
    const alone = ta.pipeline({ features: ["1 + 2 as three"] }).apply(df, { keep: "none" });
    expectSame(alone, made.select("three"));
  });

  test("an expression filters and sorts like any other", () => {
    const made = stocks.filter(ta.expr("rsi(14) < 30 and close > sma(200)"));
    const same = pl
      .col("close")
      .ta.rsi(14)
      .lt(30)
      .and(pl.col("close").gt(pl.col("close").ta.sma(200)));
    expectSame(made, stocks.filter(same));
    expect(made.height).toBeGreaterThan(0);
  });

  test("as many operators as a text may have are computed", () => {
    const sum = Array(51).fill("x").join(" + ");
    const product = `(${Array(41).fill("x").join(" - ")}) * 2`;
    for (const [text, factor] of [
      [sum, 51],
      [product, (1 - 40) * 2],
    ] as const) {
      const values = df.select(ta.expr(text)).toSeries(0).toArray();
      expect(values).toEqual(
        df
          .getColumn("x")
          .toArray()
          .map((x) => x * factor + 0),
      );
    }
  });

  test("too many inside each other are refused with a sentence", () => {
    const nested = Array(30)
      .fill("abs")
      .reduce((inner) => `(${inner} ** 2)`, "x");
    expect(message(() => ta.expr(nested))).toBe(
      "TaError: the expression has too many operators inside each other for polars; compute a part of it in a column first",
    );
    expect(message(() => ta.expr(`sma(${nested}, 3)`))).toContain("too many operators");
  });
});

describe("every indicator", () => {
  const frame = frameOf(bars(300)).withColumns(
    pl.intRange(0, 300).modulo(2).eq(pl.lit(0)).alias("group"),
  );

  test("is the same from a text, from an object and from a method", () => {
    const objects = calls.map(({ meta, text }) => ({ expr: text, as: meta.id }));
    const config = { over: "group", keep: "none" as const };
    const made = ta.pipeline({ ...config, features: objects }).apply(frame);
    const spelled = ta.pipeline(ta.pipeline({ ...config, features: objects }).toJSON());
    const methods = calls.map(({ meta, text }) => {
      const inputs = Object.fromEntries(
        [...text.matchAll(/(\w+)=(\w+)/g)].map((m) => [m[1], m[2]]),
      );
      return ta.indicator(meta.id, {}, inputs).over("group").alias(meta.id);
    });
    expectSame(made, frame.select(...methods));
    expectSame(spelled.apply(frame), made);
  });
});
