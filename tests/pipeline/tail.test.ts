/** Serving: the last rows from a short history are those of the whole one. */

import pl, { type DataFrame } from "nodejs-polars";
import { type Pipeline, ta } from "nodejs-polars-ta";
import { beforeAll, describe, expect, test } from "vitest";
import { bars, frameOf } from "../support/bars.js";
import { type Column, readColumns, type Value } from "../support/columns.js";
import { expectSame } from "../support/contexts.js";
import { goldenPath } from "../support/golden.js";
import { calls, lookingAhead, message } from "../support/texts.js";

const ROWS = 60;
/** What `docs/pipelines.md` promises. */
const STABLE_TO = 1e-9;
/**
 * What the rounding of running sums comes to in windows: 2.3e-11 at most was measured, with an
 * indicator that is the little that is left between a price and its forecast.
 */
const ROUNDING = 1e-10;

const symbols = ["AAPL", "IBM", "MSFT"];

/** Real bars, the symbols in turns, with what the inputs without usual columns read. */
const stocks = pl
  .readCSV(goldenPath("data/stocks.csv"))
  .filter(pl.col("symbol").isIn(symbols))
  .sort(["date", "symbol"])
  .withRowIndex("row")
  .withColumns(
    pl.col("open").shift(1).fillNull(1).alias("other"),
    pl.col("close").modulo(1).alias("unit"),
    pl.col("row").modulo(29).add(2).alias("periods"),
    pl.col("date").str.slice(5, 2).cast(pl.Int32).alias("session"),
    pl.col("row").modulo(800).eq(pl.lit(0)).alias("anchor"),
  );

/** The same with gaps: a fifth of the rows lacks something. */
const gappy = stocks.withColumns(
  ...["high", "low", "close", "volume", "other"].map((name, index) =>
    pl
      .when(pl.col("row").modulo(101).modulo(25).eq(pl.lit(index)))
      .then(pl.lit(null))
      .otherwise(pl.col(name))
      .alias(name),
  ),
);

const pipelineOf = (chosen: typeof calls): Pipeline =>
  ta.pipeline({
    over: "symbol",
    features: chosen.map(({ meta, text }) => ({ expr: text, as: meta.id })),
    unnest: true,
    keep: ["symbol"],
    allowLookahead: lookingAhead.map(({ id }) => id),
  });

const everything = pipelineOf(calls);

/** The last rows of each symbol: the columns of each by their names. */
const bySymbol = (frame: DataFrame): Map<string, Column[]>[] =>
  symbols.map((symbol) => {
    const rows = frame.filter(pl.col("symbol").eq(pl.lit(symbol))).tail(ROWS);
    return readColumns(rows.drop("symbol"));
  });

const size = (values: readonly Value[]): number =>
  values.reduce<number>((sum, value) => sum + Math.abs(Number(value)), 0) / values.length;

/** The largest difference, relative to the value or the mean size of the column, whichever is larger. */
function difference(full: readonly Column[], tail: readonly Column[]): number {
  let largest = 0;
  for (const [index, { values }] of full.entries()) {
    const others = tail[index]?.values ?? [];
    if (others.length !== values.length) return Number.POSITIVE_INFINITY;
    const mean = size(values);
    values.forEach((value, row) => {
      const other = others[row];
      if (Object.is(value, other)) return;
      if (typeof value !== "number" || typeof other !== "number")
        largest = Number.POSITIVE_INFINITY;
      else largest = Math.max(largest, Math.abs(value - other) / Math.max(Math.abs(value), mean));
    });
  }
  return largest;
}

describe.each([
  ["real bars", stocks],
  ["real bars with gaps", gappy],
])("over %s, of every indicator", (_, frame) => {
  const differences = new Map<string, number>();

  beforeAll(() => {
    const whole = bySymbol(everything.apply(frame));
    for (const call of calls) {
      const { meta } = call;
      const pipeline = pipelineOf([call]);
      const tail = pipeline.tail(frame, ROWS);
      expect(tail.height).toBe(ROWS * symbols.length);
      const each = bySymbol(tail).map((made, index) => {
        const full = pipeline.columns.flatMap((name) => whole[index]?.get(name) ?? []);
        expect(full.length).toBe(pipeline.columns.length);
        return difference(full, [...made.values()].flat());
      });
      differences.set(meta.id, Math.max(...each));
    }
  }, 120_000);

  const beyond = (memory: string, bound: number) =>
    calls
      .filter(({ meta }) => meta.semantics.memory === memory)
      .map(({ meta }) => ({ id: meta.id, difference: differences.get(meta.id) ?? Number.NaN }))
      .filter((each) => !(each.difference <= bound));

  test("windows differ by the rounding of running sums at most", () => {
    expect(beyond("window", ROUNDING)).toEqual([]);
  });

  test("recursions stay below the documented bound", () => {
    expect(beyond("recursive", STABLE_TO)).toEqual([]);
  });

  test("running totals are equal", () => {
    expect(beyond("cumulative", 0)).toEqual([]);
  });
});

describe("the history that is read", () => {
  const features = ["rsi(14)", "sma(ema(5), 3) > close as below", "atr(7)"];

  test("is stableAfter rows and no more", () => {
    const pipeline = ta.pipeline({ features });
    const { stableAfter } = pipeline;
    const one = frameOf(bars(stableAfter + 500));
    const end = one.tail(stableAfter + 7);
    expectSame(pipeline.tail(one, 7), pipeline.apply(end).tail(7));
    // Whatever stands before it is not looked at.
    const other = pl.concat([frameOf(bars(493)).withColumns(pl.col("close").mul(1e9)), end]);
    expectSame(pipeline.tail(other, 7), pipeline.tail(one, 7));
  });

  test("is that of each group", () => {
    const pipeline = ta.pipeline({ features, over: "symbol" });
    const tail = pipeline.tail(stocks, 5).filter(pl.col("symbol").eq(pl.lit("IBM")));
    const alone = stocks.filter(pl.col("symbol").eq(pl.lit("IBM")));
    expectSame(tail, ta.pipeline({ features }).tail(alone, 5));
  });

  test("goes further back where rows are missing", () => {
    const pipeline = ta.pipeline({ features: ["sma(3)"] });
    const close = [1, 2, null, Number.NaN, 3, null, 4];
    const frame = pl.DataFrame({ close: pl.Series("close", close, pl.Float64) });
    expect(pipeline.tail(frame, 1).getColumn("sma_3").toArray()).toEqual([3]);
  });

  test("is the whole frame where a total runs from its beginning", () => {
    const pipeline = ta.pipeline({ features: ["rsi(14)", "cumsum(volume)"] });
    expect(pipeline.stableAfter).toBe(Number.POSITIVE_INFINITY);
    const one = frameOf(bars(400));
    expectSame(pipeline.tail(one, 3), pipeline.apply(one).tail(3));
  });

  test("of a nested indicator is the sum of both", () => {
    const reach = (text: string) => ta.pipeline({ features: [text] }).stableAfter;
    expect(reach("sma(ema(5), 3)")).toBe(reach("sma(3)") + reach("ema(5)"));
    expect(reach("sma(cumsum(volume), 3)")).toBe(Number.POSITIVE_INFINITY);
    expect(reach("shift(ema(5), 4) - close")).toBe(reach("ema(5)") + 4);
  });
});

describe("what comes back", () => {
  const pipeline = ta.pipeline({ over: "symbol", features: ["rsi(14)"] });

  test("is the last rows with their columns, in their order", () => {
    const tail = pipeline.tail(stocks, 2);
    expect(tail.columns).toEqual([...stocks.columns, "rsi_14"]);
    expectSame(tail.drop("rsi_14"), stocks.tail(6));
    expect(pipeline.tail(stocks, 2, { keep: ["date"] }).columns).toEqual(["date", "rsi_14"]);
  });

  test("is lazy for a lazy frame", async () => {
    const lazy = pipeline.tail(stocks.lazy(), 2);
    expect(lazy.columns).toEqual([...stocks.columns, "rsi_14"]);
    expectSame(await lazy.collect(), pipeline.tail(stocks, 2));
  });

  test("of more rows than there are is all of them", () => {
    expectSame(pipeline.tail(stocks, 1e6), pipeline.apply(stocks));
  });

  test.each([0, -1, 1.5, Number.NaN, "3"])("%j rows are refused", (rows) => {
    expect(message(() => pipeline.tail(stocks, rows as number))).toMatch(
      /^TaError: pipeline: tail takes a whole number of rows from 1, got /,
    );
  });
});
