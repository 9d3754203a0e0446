/** Selections of several columns, names, and expressions that travel. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { beside, expectSame, inGroups, market } from "../support/contexts.js";

const df = market().withColumns(pl.col("open").alias("other"));
const floats = ["open", "high", "low", "close", "volume", "other"];

const sma = (name: string): Expr => pl.col(name).ta.sma(3);

describe("selections", () => {
  const selections: Record<string, [() => Expr, string[]]> = {
    "a list": [() => pl.col(["close", "open"]), ["close", "open"]],
    all: [() => pl.all(), df.columns],
    "all but some": [() => pl.all().exclude("symbol", "k2"), ["i", ...floats]],
    "a regular expression": [() => pl.col("^.*o.*e$"), ["close", "volume"]],
    "but a regular expression": [() => pl.all().exclude("^[iks].*$"), floats],
    "a dtype": [() => pl.col(pl.Float64), floats],
    "by position": [() => pl.nth(3), ["open"]],
    "from the end": [() => pl.nth(-1), ["other"]],
    nothing: [() => pl.col(pl.Date), []],
  };
  const frame = df.withColumns(pl.col("symbol").isNull().alias("symbol"));

  test.each(Object.entries(selections))("%s", (_, [select, names]) => {
    const expected = frame.select(
      pl.col("i").alias("first"),
      ...names.map((name) => sma(name).alias(`${name}_sma_3`)),
    );
    expectSame(frame.select(pl.col("i").alias("first"), select().ta.sma(3)), expected);
    const lazy = frame.lazy().select(pl.col("i").alias("first"), select().ta.sma(3));
    expect(lazy.columns).toEqual(expected.columns);
    expectSame(lazy.collectSync(), expected);
  });

  test("names are those of the selected columns, however deep they stand", () => {
    const both = pl.col(["open", "close"]);
    const nested = df.select(both.ta.sma(2).ta.rsi(3));
    expect(nested.columns).toEqual(["open_rsi_3", "close_rsi_3"]);
    expect(nested.getColumn("open_rsi_3").toArray()).toEqual(
      df.select(pl.col("open").ta.sma(2).ta.rsi(3)).toSeries().toArray(),
    );
    expect(df.select(both.shift(1).ta.sma(2)).columns).toEqual(["open_sma_2", "close_sma_2"]);
    const second = ta.atr(2, { close: both });
    expect(df.select(second).columns).toEqual(["open_atr_2", "close_atr_2"]);
    expect(df.select(both.ta.macd()).columns).toEqual(["open_macd_12_26_9", "close_macd_12_26_9"]);
  });

  test("in arithmetic", () => {
    const both = () => pl.col(["open", "close"]);
    const expected = df.select(
      pl.col("open").sub(sma("open")).alias("open"),
      pl.col("close").sub(sma("close")).alias("close"),
    );
    expectSame(df.select(both().sub(both().ta.sma(3))), expected);
    const crossed = df.select(
      pl.col("high").sub(sma("open")).alias("high"),
      pl.col("low").sub(sma("close")).alias("low"),
    );
    expectSame(df.select(pl.col(["high", "low"]).sub(both().ta.sma(3))), crossed);
    const single = df.select(
      pl.col("open").sub(sma("high")).alias("open"),
      pl.col("close").sub(sma("high")).alias("close"),
    );
    expectSame(df.select(both().sub(sma("high"))), single);
    expect(() => df.select(pl.col(floats).sub(both().ta.sma(3)))).toThrow(
      /selects 2 and 6 columns|selects 6 and 2 columns/,
    );
  });

  test("over", () => {
    const grouped = (name: string) => {
      const steps = (part: DataFrame) => part.select(sma(name).alias("x"));
      return inGroups(df, ["symbol"], { name, expr: () => sma(name), steps });
    };
    const names = ["open", "close"];
    const expected = pl.DataFrame(names.map((name) => grouped(name).alias(`${name}_sma_3`)));
    expectSame(df.select(pl.col(names).ta.sma(3).over("symbol")), expected);
    const columns: Expr[] = names.map((name) =>
      pl
        .col(name)
        .sub(pl.col(`_${name}`))
        .alias(name),
    );
    const less = beside(
      df,
      names.map((name) => grouped(name).alias(`_${name}`)),
    ).select(...columns);
    expectSame(df.select(pl.col(names).sub(pl.col(names).ta.sma(3)).over("symbol")), less);
  });

  test("inside functions of several columns", () => {
    const names = ["open", "close"];
    const columns = df.select(...names.map((name) => sma(name).alias(name)));
    const both = pl.col(names).ta.sma(3);
    const max = pl.maxHorizontal(both).alias("r");
    expectSame(df.select(max), columns.select(pl.maxHorizontal(pl.all()).alias("r")));
    const lists = pl.concatList(both.keepName()).alias("r");
    expectSame(df.select(lists), columns.select(pl.concatList(pl.all()).alias("r")));
    const struct = pl.struct(both.keepName()).alias("r");
    expectSame(df.select(struct).unnest("r"), columns);
    const sum = pl.sumHorizontal(pl.col(["high", "low"]));
    const summed = df.select(sum.alias("sum")).select(pl.col("sum").ta.sma(3));
    expectSame(df.select(sum.ta.sma(3)), summed);
    const times = df.select(both.mul(pl.sumHorizontal(pl.col(["high", "low"]))));
    expect(times.columns).toEqual(["open_sma_3", "close_sma_3"]);
    const kept = df.filter(pl.allHorizontal(pl.col(names).gt(both)));
    expectSame(
      kept,
      df.filter(
        pl
          .col("open")
          .gt(sma("open"))
          .and(pl.col("close").gt(sma("close"))),
      ),
    );
  });
});

describe("names", () => {
  /** The same calls on a `.ta` expression and on a native one that is called the same. */
  const calls: Record<string, (x: Expr) => Expr> = {
    alias: (x) => x.alias("y"),
    prefix: (x) => x.prefix("p_"),
    suffix: (x) => x.suffix("_s"),
    keepName: (x) => x.keepName(),
    "alias, prefix": (x) => x.alias("y").prefix("p_"),
    "alias, suffix, keepName": (x) => x.alias("y").suffix("_s").keepName(),
    "arithmetic, prefix": (x) => x.sub(pl.col("high")).prefix("p_"),
    "on the right of arithmetic": (x) => pl.col("high").sub(x).suffix("_s"),
    "a literal on the left": (x) => pl.lit(1).sub(x),
    "over, prefix": (x) => x.over("symbol").prefix("p_"),
    "suffix, over": (x) => x.suffix("_s").over("symbol"),
    "keepName, over, suffix": (x) => x.keepName().over("symbol").suffix("_s"),
    "when/then": (x) => pl.when(x.gt(1)).then(x).otherwise(pl.col("high")),
    aggregate: (x) => x.mean().suffix("_mean"),
    cast: (x) => x.cast(pl.Float32).prefix("f_"),
  };
  test.each(Object.entries(calls))("%s", (_, call) => {
    const native = pl.col("close").rollingMean({ windowSize: 3 }).alias("sma_3");
    expect(df.select(call(sma("close"))).columns).toEqual(df.select(call(native)).columns);
    expect(df.lazy().select(call(sma("close"))).columns).toEqual(df.select(call(native)).columns);
  });

  test.each(Object.entries(calls))("%s, of several columns", (_, call) => {
    const names = ["open", "close"];
    const natives = names.map((name) =>
      call(pl.col(name).rollingMean({ windowSize: 3 }).alias(`${name}_sma_3`)),
    );
    const one = pl.col(names).ta.sma(3);
    const wanted = () => natives.flatMap((native) => df.select(native).columns);
    // Where polars gives all of them one name, it refuses them.
    if (new Set(wanted()).size < names.length) {
      expect(() => df.select(call(one))).toThrow(/duplicate/);
    } else {
      expect(df.select(call(one)).columns).toEqual(wanted());
    }
  });

  test("two results of one name are polars' own error", () => {
    expect(() => df.select(ta.sma(3), ta.sma(3))).toThrow(/duplicate output name 'sma_3'/);
  });
});

describe("an expression that travels", () => {
  const exprs: Record<string, Expr> = {
    plain: ta.rsi(5),
    nested: pl.col("close").ta.sma(3).ta.rsi(5).alias("x"),
    field: ta.bbands(5).struct.field("upper"),
    partitioned: ta.atr(3).over("symbol").shift(1).gt(2),
    "with literals": ta
      .sma(3)
      .fillNull(Number.NaN)
      .add(0.1 + 0.2),
    "an input with an infinity": pl.col("close").clip(0, Infinity).ta.sma(2),
    "a large integer": pl
      .when(pl.col("i").eq(9007199254740993n))
      .then(pl.lit(0))
      .otherwise(pl.col("close"))
      .ta.sma(2),
    "several columns": pl.col(["open", "close"]).ta.ema(3),
    "missing: propagate": pl.col("close").ta.sma(3, { missing: "propagate" }),
  };
  const travels = Object.entries(exprs).filter(([name]) => !/literals|infinity/.test(name));

  test.each(travels)("%s: serialize and deserialize", (_, expr) => {
    const again = pl.Expr.deserialize(expr.serialize("json"), "json");
    expectSame(df.select(again), df.select(expr));
    const twice = pl.Expr.deserialize(again.serialize("json"), "json");
    expectSame(df.lazy().select(twice).collectSync(), df.select(expr));
  });

  test.each(Object.entries(exprs))("%s: in several frames at once", async (_, expr) => {
    const frames = [df, df.slice(10, 40), df.reverse(), df.head(1), df.head(0)];
    const expected = frames.map((frame) => frame.select(expr));
    const lazy = frames.map((frame) => frame.lazy().select(expr));
    const made = await Promise.all(lazy.map((frame) => frame.collect()));
    for (const [index, frame] of made.entries()) expectSame(frame, expected[index] as DataFrame);
  });

  test("Expr made before it is used in another context keeps its inputs", () => {
    const x = pl.col("close").ta.sma(3);
    const derived = [x.alias("a"), x.ta.rsi(2).alias("b"), x.over("symbol").alias("c")];
    expect(df.select(...derived).columns).toEqual(["a", "b", "c"]);
    expectSame(df.select(x), df.select(ta.sma(3)));
    expect(x.toString()).toContain("sma(close, 3)");
  });
});
