/** Every context of one frame, compared with polars on columns computed one at a time. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import {
  beside,
  type Common,
  expectSame,
  FORMS,
  market,
  run,
  WAYS,
  withResult,
} from "../support/contexts.js";

const df = market();
const close = pl.col("close");

type Use = (frame: Common, x: Expr) => Common;

/** What stands around the expression; `x` is it, or a column with its values. */
const CONTEXTS: Record<string, Use> = {
  select: (f, x) => f.select(x.alias("y")),
  "select with arithmetic": (f, x) => f.select("i", x.sub(close).div(x).alias("d"), x.alias("y")),
  "select with everything": (f, x) => f.select(pl.col(df.columns), x.alias("y")),
  "select an aggregate": (f, x) => f.select(x.mean().alias("m"), x.count().alias("n")),
  "select a filtered one": (f, x) => f.select(x.filter(close.gt(pl.col("open"))).alias("y")),
  "select sorted by it": (f, x) =>
    f.select(
      pl
        .col("i")
        .sortBy([x.fillNull(0)])
        .alias("y"),
    ),
  "select at a position": (f, x) => f.select(x.slice(5, 7).alias("y")),
  "select shifted and ranked": (f, x) => f.select(x.shift(2).alias("s"), x.rank().alias("r")),
  "select cast": (f, x) => f.select(x.cast(pl.Float32).alias("y"), x.isNull().alias("n")),
  withColumn: (f, x) => f.withColumn(x.alias("y")),
  withColumns: (f, x) => f.withColumns(x.alias("y"), x.diff(1, "ignore").alias("z")),
  "withColumns over an old name": (f, x) => f.withColumns(x.alias("close"), close.alias("old")),
  filter: (f, x) => f.filter(x.gt(close)),
  "filter with a conjunction": (f, x) =>
    f.filter(x.gt(close).and(x.isNotNull()).and(pl.col("k2").eq(1))),
  "sort by it": (f, x) => f.sort([x, pl.col("i")]),
  "sort descending, nulls last": (f, x) =>
    f.sort({ by: [x, pl.col("i")], descending: [true, false], nullsLast: [true, true] } as never),
  "when/then/otherwise": (f, x) =>
    f.select(
      pl.when(x.gt(close)).then(x).when(x.isNull()).then(pl.lit(-1)).otherwise(close).alias("y"),
    ),
  struct: (f, x) => f.select(pl.struct([pl.col("i"), x.alias("y")]).alias("s")),
  concatList: (f, x) => f.select(pl.concatList([close, x]).alias("l")),
  concatString: (f, x) => f.select(pl.concatString([x.round(3), pl.col("i")], "-").alias("l")),
  maxHorizontal: (f, x) => f.select(pl.maxHorizontal([close, x, pl.col("low")]).alias("y")),
  minHorizontal: (f, x) => f.select(pl.minHorizontal([x, close]).alias("y")),
  sumHorizontal: (f, x) => f.select(pl.sumHorizontal([x, close]).alias("y")),
  "anyHorizontal, allHorizontal": (f, x) =>
    f.filter(pl.anyHorizontal([x.gt(close), pl.allHorizontal([x.lt(200), pl.col("k2").eq(0)])])),
  argSortBy: (f, x) =>
    f.select(pl.argSortBy([x.fillNull(0), pl.col("i")], [true, false]).alias("y")),
  "fillNull, clip, isIn": (f, x) =>
    f.select(
      close.fillNull(x).alias("a"),
      x.clip(95, 100).alias("b"),
      x.round(0).isIn([95, 100]).alias("c"),
    ),
  "NaN and infinite literals": (f, x) =>
    f.select(
      x.fillNull(NaN).isNan().alias("a"),
      pl.when(x.gt(-Infinity)).then(pl.lit(NaN)).otherwise(pl.lit(Infinity)).alias("b"),
    ),
  "literals with all digits": (f, x) =>
    f.select(
      x
        .add(0.1 + 0.2)
        .mul(1.2345678901234567e-12)
        .alias("y"),
    ),
  "a function polars cannot serialize beside it": (f, x) =>
    f.select(x.alias("y"), pl.col("symbol").str.toLowerCase().alias("lower")),
  "unique after": (f, x) => f.select(x.round(0).alias("y")).unique().sort("y"),
  "head, tail, slice after": (f, x) => f.select(x.alias("y")).head(40).tail(30).slice(3, 20),
  "rename, drop after": (f, x) => f.withColumns(x.alias("y")).rename({ y: "z" }).drop("volume"),
  "filter, sort after": (f, x) =>
    f.withColumns(x.alias("y")).filter(pl.col("y").gt(close)).sort("y"),
  "filter, head before": (f, x) => f.filter(pl.col("i").gtEq(0)).head(500).select(x.alias("y")),
  "explode after": (f, x) => f.select("i", pl.concatList([close, x]).alias("l")).explode("l"),
  "unnest after": (f, x) => f.select(pl.struct([pl.col("i"), x.alias("y")]).alias("s")).unnest("s"),
  "another stage after": (f, x) =>
    f.withColumns(x.alias("y")).select(pl.col("y").shift(1).add(x).alias("z")),
};

describe.each(FORMS)("$name", (form) => {
  const computed = withResult(df, form);

  test.each(Object.entries(CONTEXTS))("%s", async (_, use) => {
    const expected = await run("eager", computed, (frame) => use(frame, pl.col("x")));
    const own = expected.columns.filter((name) => name !== "x");
    for (const way of WAYS) {
      expectSame(await run(way, df, (frame) => use(frame, form.expr())), expected.select(...own));
    }
  });

  test("one expression in several frames, and twice in a context", () => {
    const expr = form.expr();
    const late = df.slice(20, 50);
    const lateComputed = withResult(late, form);
    for (const [frame, reference] of [
      [df, computed],
      [late, lateComputed],
      [df, computed],
    ] as const) {
      const actual = frame.select(expr.alias("a"), expr.shift(1).alias("b"), expr.alias("c"));
      const x = pl.col("x");
      expectSame(actual, reference.select(x.alias("a"), x.shift(1).alias("b"), x.alias("c")));
    }
  });

  test("leaves the frame untouched", () => {
    const before = df.clone();
    df.withColumns(form.expr().alias("close"));
    df.lazy().filter(form.expr().gt(3)).collectSync();
    expectSame(df, before);
  });

  test("hidden columns are not to be seen", () => {
    const x = form.expr().alias("y");
    expect(df.select(pl.all(), x).columns).toEqual([...df.columns, "y"]);
    expect(df.select(x, pl.col(pl.Float64)).columns).toEqual([
      "y",
      "open",
      "high",
      "low",
      "close",
      "volume",
    ]);
    expect(df.select(x, pl.col("^.*_.*$")).columns).toEqual(["y"]);
    expect(df.select(x, pl.nth(-1)).columns).toEqual(["y", "volume"]);
    expect(df.select(x, pl.struct(pl.all()).alias("s")).unnest("s").columns).toEqual([
      "y",
      ...df.columns,
    ]);
    const all = df.select(x, pl.sumHorizontal(pl.col(pl.Float64)).alias("sum"));
    expectSame(all.select("sum"), df.select(pl.sumHorizontal(pl.col(pl.Float64)).alias("sum")));
    expect(df.filter(x.isNotNull()).columns).toEqual(df.columns);
    expect(df.lazy().sort(x).collectSync().columns).toEqual(df.columns);
  });
});

describe("eager only", () => {
  test("describe", () => {
    const x = pl.col("close").ta.rsi(5).alias("x");
    const computed = withResult(df, { name: "rsi", expr: () => x, steps: (f) => f.select(x) });
    expectSame(
      df.select("i", "close", x).describe(),
      computed.select("i", "close", "x").describe(),
    );
  });

  test("where, nUnique, fillNull with an expression", () => {
    const x = pl.col("close").ta.sma(3);
    const value = df.select(x.alias("x")).getColumn("x");
    const computed = beside(df, [value]);
    expectSame(df.where(x.gt(95)), computed.filter(pl.col("x").gt(95)).drop("x"));
    expect(df.nUnique(x.round(0))).toBe(computed.nUnique(pl.col("x").round(0)));
    const prices = df.select("open", "close");
    const filled = beside(prices, [value]).select(pl.col(["open", "close"]).fillNull(pl.col("x")));
    expectSame(prices.fillNull(x as never), filled);
  });
});

describe("contexts that cannot be right name themselves", () => {
  const x = pl.col("close").ta.sma(2);
  const lists = df.groupBy("symbol").agg(close);
  const refused: Record<string, [string, () => unknown]> = {
    "list.eval": ["pl.element()", () => lists.select(close.lst.eval(pl.element().ta.sma(2)))],
    "list.eval, inside": ["pl.element()", () => lists.select(close.lst.eval(pl.element().sub(x)))],
    pivot: [
      "pivot",
      () =>
        df.pivot("close", { index: "i", on: "k2", aggregateFunc: pl.element().ta.sma(1).last() }),
    ],
    groupByDynamic: [
      "groupByDynamic",
      () => df.groupByDynamic({ indexColumn: "i", every: "5i" } as never).agg(x),
    ],
    groupByRolling: [
      "groupByRolling",
      () => df.groupByRolling({ indexColumn: "i", period: "5i" }).agg(x),
    ],
    "groupByDynamic of a stage": [
      "groupByDynamic",
      () =>
        df
          .lazy()
          .withColumns(x.alias("close"))
          .groupByDynamic({ indexColumn: "i", every: "5i" } as never)
          .agg(x.last())
          .collectSync(),
    ],
    "groupByRolling, as key": [
      "groupByRolling",
      () =>
        df
          .lazy()
          .groupByRolling({ indexColumn: "i", period: "5i", by: x.gt(1) } as never)
          .agg(pl.len())
          .collectSync(),
    ],
    "lazy explode": ["explode", () => df.lazy().explode(x).collectSync()],
    "lazy fillNull": ["fillNull", () => df.lazy().fillNull(x).collectSync()],
    "lazy fillNan": [
      "fillNan",
      () =>
        df
          .lazy()
          .fillNan(x as never)
          .collectSync(),
    ],
    "a filter of several columns": [
      "filter",
      () => df.filter(pl.col(["open", "close"]).ta.sma(2).gt(1)),
    ],
    "a stored plan": ["serialize", () => df.lazy().select(x).serialize("json")],
    "a plan as JSON": ["serialize", () => JSON.stringify(df.lazy().select(x))],
    "a function polars cannot serialize": [
      "serialize",
      () => df.select(x.cast(pl.String).str.toLowerCase()),
    ],
  };

  test.each(Object.entries(refused))("%s", (_, [context, attempt]) => {
    let error: unknown;
    try {
      attempt();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: "TaError" });
    expect((error as Error).message).toContain(context);
  });

  test("a column that is not there is polars' own error", () => {
    const attempts: (() => DataFrame)[] = [
      () => df.select(pl.col("nope").ta.sma(2)),
      () => df.select(ta.atr(2, { high: "nope" })),
      () => df.filter(x.over("nope").gt(1)),
      () => df.lazy().withColumns(x, pl.col("nope")).collectSync(),
      () => df.groupBy("nope").agg(x),
    ];
    for (const attempt of attempts) expect(attempt).toThrow(/unable to find column "nope"/);
  });
});
