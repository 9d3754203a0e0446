/** Columns of every dtype, and inputs that are no columns. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { TaError, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { bars, frameOf } from "../support/bars.js";
import { frame, gappy, NUMBERS, results, whole } from "../support/shapes.js";

const close = pl.col("close");

describe("numbers of every dtype", () => {
  const dtypes = {
    ...NUMBERS,
    "Decimal(10, 2)": pl.Decimal(10, 2),
    "Decimal(38, 0)": pl.Decimal(38, 0),
  };
  const cases = Object.entries(dtypes).flatMap(([name, dtype]) =>
    Object.entries({ complete: whole, "with nulls": gappy }).map(
      ([kind, values]) => [name, kind, values, dtype] as const,
    ),
  );

  test.each(cases)("%s, %s", (_, __, values, dtype) => {
    const expected = results(frame(values));
    const typed = frame(values).withColumns(close.cast(dtype));
    expect(results(typed)).toEqual(expected);
    expect(results(typed.lazy().collectSync().slice(0, 40))).toEqual(expected);
    const groups = pl.Series(
      "g",
      whole.map((_, i) => i % 3),
    );
    const over = (from: DataFrame) =>
      from.withColumns(groups).select(close.ta.sma(2).over("g")).toSeries().toArray();
    expect(over(typed)).toEqual(over(frame(values)));
  });

  test("fractions of Float32 and Decimal are exact as Float64", () => {
    const fractions = whole.map((value) => value + 0.25);
    const expected = results(frame(fractions));
    expect(results(frame(fractions).withColumns(close.cast(pl.Float32)))).toEqual(expected);
    expect(results(frame(fractions).withColumns(close.cast(pl.Decimal(12, 4))))).toEqual(expected);
  });

  test("Boolean counts as 0 and 1", () => {
    const flags = gappy.map((value) => (value === null ? null : value > 65));
    const numbers = flags.map((flag) => (flag === null ? null : Number(flag)));
    const typed = pl.DataFrame([pl.Series("close", flags as boolean[], pl.Bool)]);
    expect(results(typed)).toEqual(results(frame(numbers)));
  });

  test("a column of nulls is null", () => {
    const empty = frame(whole.map(() => null));
    const typed = frame(whole).withColumns(pl.lit(null).alias("close"));
    expect(typed.dtypes.map(String)).toEqual([String(pl.Null)]);
    expect(results(typed)).toEqual(results(empty));
    expect(typed.select(close.ta.sma(3)).toSeries().nullCount()).toBe(40);
  });

  test("several inputs of different dtypes", () => {
    const source = frameOf(bars(60)).withColumns(
      ...["high", "low", "close"].map((name) => pl.col(name).round(0)),
    );
    const mixed = source.withColumns(
      pl.col("high").cast(pl.Int32),
      pl.col("low").cast(pl.Float32),
      pl.col("close").cast(pl.UInt64),
    );
    expect(mixed.select(ta.atr(5)).frameEqual(source.select(ta.atr(5)))).toBe(true);
  });
});

describe("columns that are no numbers", () => {
  const dates = whole.map((_, i) => new Date(Date.UTC(2024, 0, 1 + i)));
  const base = pl.DataFrame({
    text: whole.map(String),
    number: whole,
    at: pl.Series("at", dates, pl.Datetime("ms")),
  });
  const columns: Record<string, Expr> = {
    String: pl.col("text"),
    Date: pl.col("at").cast(pl.Date),
    Datetime: pl.col("at"),
    Duration: pl.col("at").sub(pl.col("at").min()),
    Time: pl.col("number").cast(pl.Int64).cast(pl.Time),
    Categorical: pl.col("text").cast(pl.Categorical),
    List: pl.concatList(["number", "number"]),
    Struct: pl.struct([pl.col("text"), pl.col("number")]),
  };

  test.each(Object.entries(columns))("%s", async (dtype, column) => {
    const typed = base.select(column.alias("price"), pl.col("number").alias("close"));
    const sentence = new RegExp(`^column "price" has dtype ${dtype}`);
    const attempts: (() => unknown)[] = [
      () => typed.select(pl.col("price").ta.sma(3)),
      () => typed.select(ta.atr(3, { high: "price", low: "close" })),
      () => typed.withColumns(pl.col("price").ta.sma(3).over("close")),
      () => typed.lazy().select(pl.col("price").ta.rsi(3)).collectSync(),
      () => typed.getColumn("price").ta.sma(3),
      () => typed.head(0).select(pl.col("price").ta.sma(3)),
    ];
    for (const [index, attempt] of attempts.entries()) {
      const error = thrown(attempt);
      expect(error).toBeInstanceOf(TaError);
      // A Series is an input by its slot.
      const message = error.message.replace('column "series"', 'column "price"');
      expect(message, `attempt ${index}`).toMatch(sentence);
    }
    const lazy = typed.lazy().select(pl.col("price").ta.sma(3));
    await expect(lazy.collect()).rejects.toThrow(sentence);
    expect(typed.select(close.ta.sma(3)).height).toBe(40);
  });
});

function thrown(attempt: () => unknown): Error {
  try {
    attempt();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

describe("inputs that are no columns", () => {
  const source = frameOf(bars(30));

  test("numbers, literals and aggregates are stretched to the height", () => {
    const flat = source.withColumns(pl.lit(7.5).alias("flat"), pl.col("close").max().alias("top"));
    const same = (actual: Expr, expected: Expr) =>
      expect(source.select(actual).toSeries().toArray()).toEqual(
        flat.select(expected).toSeries().toArray(),
      );
    same(ta.atr(3, { close: 7.5 }), ta.atr(3, { close: "flat" }));
    same(pl.lit(7.5).ta.ema(3), pl.col("flat").ta.ema(3));
    same(ta.sub("close", pl.col("close").max()), ta.sub("close", "top"));
    same(
      pl.lit(null).cast(pl.Float64).ta.sma(2),
      pl.lit(null).cast(pl.Float64).add(pl.col("flat")).ta.sma(2),
    );
  });

  test("an expression of several columns", () => {
    const typical = pl.col("high").add(pl.col("low")).div(2);
    const column = source.select(typical.alias("typical"));
    expect(source.select(typical.ta.sma(4)).toSeries().toArray()).toEqual(
      column.select(pl.col("typical").ta.sma(4)).toSeries().toArray(),
    );
  });
});
