/** What is not computed, not read and not done twice. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl, { type DataFrame, type Expr, type LazyDataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { expectSame, market } from "../support/contexts.js";
import { calls, watchAddon, watchCollects } from "../support/spy.js";

const df = market();
const close = pl.col("close");
const directory = mkdtempSync(join(tmpdir(), "ta-optimization-"));
const path = (name: string) => join(directory, name);

const sources: Record<string, () => LazyDataFrame> = {
  scanParquet: () => pl.scanParquet(path("in.parquet")),
  scanIPC: () => pl.scanIPC(path("in.arrow")),
  scanCSV: () => pl.scanCSV(path("in.csv")),
};

beforeAll(() => {
  df.writeParquet(path("in.parquet"));
  df.writeIPC(path("in.arrow"));
  df.writeCSV(path("in.csv"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A frame with a column that fails when it is evaluated. */
const trapped = (): LazyDataFrame =>
  df.lazy().withColumns(pl.col("symbol").cast(pl.Int64, true).alias("trap"));

describe("only needed columns", () => {
  test("the trap works", () => {
    expect(() => trapped().select("trap").collectSync()).toThrow(/conversion/);
    expect(() => trapped().select(pl.col("trap").ta.sma(2)).collectSync()).toThrow(/conversion/);
    expect(() => trapped().withColumns(ta.sma(2)).collectSync()).toThrow(/conversion/);
  });

  const uses: Record<string, (lazy: LazyDataFrame) => LazyDataFrame> = {
    select: (lazy) => lazy.select("i", ta.sma(3), ta.atr(5).over("symbol")),
    "nested and computed inputs": (lazy) =>
      lazy.select(close.shift(1).ta.sma(2).ta.rsi(3), ta.atr(2, { high: close.mul(2) })),
    "when/then, struct fields": (lazy) =>
      lazy.select(
        pl
          .when(ta.sma(2).gt(close))
          .then(ta.bbands(3).struct.field("upper"))
          .otherwise(close)
          .alias("x"),
      ),
    "withColumns, select": (lazy) => lazy.withColumns(ta.sma(3)).select("sma_3", "i"),
    "withColumns twice, filter, select": (lazy) =>
      lazy
        .withColumns(ta.sma(3))
        .withColumns(pl.col("sma_3").ta.rsi(3).shift(1), pl.col("sma_3").alias("x"))
        .filter(pl.col("rsi_3").gt(10))
        .select("x", "rsi_3"),
    "withColumns over an old name": (lazy) =>
      lazy.withColumns(ta.sma(3).alias("trap")).select("trap"),
    "filter, head, select": (lazy) => lazy.filter(ta.rsi(3).gt(20)).head(9).select("open"),
    "sort, select": (lazy) => lazy.sort(ta.sma(2)).select("volume"),
    agg: (lazy) => lazy.groupBy("symbol", true).agg(ta.sma(3).last(), close.max()),
    "agg by a computed key": (lazy) =>
      lazy.groupBy(ta.sma(3).gt(close).alias("up"), true).agg(pl.col("volume").sum()),
    "withColumns, agg": (lazy) =>
      lazy.withColumns(ta.sma(3)).groupBy("k2", true).agg(pl.col("sma_3").mean()),
  };

  test.each(Object.entries(uses))("%s", async (_, use) => {
    const expected = use(df.lazy().withColumns(pl.lit(0).alias("trap"))).collectSync();
    expectSame(use(trapped()).collectSync(), expected);
    expectSame(await use(trapped()).collect(), expected);
  });

  test.each(Object.entries(sources))("%s reads only those", (_, scan) => {
    const of = (lazy: LazyDataFrame) =>
      /PROJECT(?:\[[^\]]*\])? (\d+|\*)\/(\d+) COLUMNS/.exec(lazy.describeOptimizedPlan())?.slice(1);
    expect(of(scan().select(ta.sma(3)))).toEqual(["1", "8"]);
    expect(of(scan().select(ta.atr(3).over("symbol")))).toEqual(["4", "8"]);
    expect(of(scan().withColumns(ta.sma(3)).select("sma_3", "i"))).toEqual(["2", "8"]);
    expect(of(scan().withColumns(ta.sma(3)))).toEqual(["*", "8"]);
  });

  test("a CSV column that does not parse is not parsed", () => {
    const text = "close,note\n1,1\n2,2\n3,3\nx4,x\n".replace("x4", "4");
    const file = path("bad.csv");
    pl.readCSV(text, { inferSchemaLength: 0 } as never).writeCSV(file);
    const scan = () => pl.scanCSV(file, { inferSchemaLength: 2 });
    expect(() => scan().select("close", "note").collectSync()).toThrow(/could not parse/);
    expect(scan().select(ta.sma(2)).collectSync().toSeries().toArray()).toEqual([
      null,
      1.5,
      2.5,
      3.5,
    ]);
  });
});

describe("filters", () => {
  test.each(["scanParquet", "scanCSV"])("before the stage reach %s", (name) => {
    const plan = sources[name]?.()
      .filter(pl.col("i").gt(30))
      .select(ta.sma(3))
      .describeOptimizedPlan();
    expect(plan).toMatch(/SELECTION: .*col\("i"\).* > /);
    expect(plan).not.toContain("FILTER");
  });

  test("after the stage do not", () => {
    const late = pl
      .scanParquet(path("in.parquet"))
      .withColumns(ta.sma(3))
      .filter(pl.col("i").gt(30));
    expect(late.describeOptimizedPlan()).not.toContain("SELECTION");
    expectSame(late.collectSync(), df.withColumns(ta.sma(3)).filter(pl.col("i").gt(30)));
  });
});

describe("addon calls", () => {
  beforeEach(watchAddon);

  /** The indicators of each addon call of `work`. */
  const tasks = (work: () => unknown): string[][] => {
    calls.length = 0;
    work();
    return calls.map((plan) => plan.tasks.map((task) => task.id));
  };
  const columns = (work: () => unknown): number[] => {
    tasks(work);
    return calls.map((plan) => plan.columns.length);
  };

  test("all indicators of a context are computed in one", () => {
    const many = ["sma", "ema", "rsi", "macd", "atr", "obv", "bbands"];
    const exprs = many.map((id) => ta.indicator(id).alias(id));
    expect(tasks(() => df.select(...exprs))).toEqual([many]);
    expect(
      tasks(() =>
        df
          .lazy()
          .withColumns(...exprs)
          .collectSync(),
      ),
    ).toEqual([many]);
    const mixed = [ta.sma(3), ta.sma(3).over("symbol").alias("own"), ta.rsi(3).over("k2")];
    expect(tasks(() => df.select(...mixed))).toEqual([["sma", "sma", "rsi"]]);
    expect(tasks(() => df.groupBy("symbol").agg(ta.sma(3), ta.rsi(3).last()))).toEqual([
      ["sma", "rsi"],
    ]);
  });

  test("nested ones take one call a level", () => {
    const nested = [close.ta.sma(2).ta.rsi(3), close.ta.ema(2).ta.rsi(3).alias("b"), ta.atr(3)];
    expect(tasks(() => df.select(...nested))).toEqual([
      ["sma", "ema", "atr"],
      ["rsi", "rsi"],
    ]);
  });

  test("the same indicator is computed once, however it is written", () => {
    const same: Expr[] = [
      ta.sma(3).alias("a"),
      close.ta.sma(3).alias("b"),
      close.ta.sma({ period: 3 }).shift(1).alias("c"),
      ta.indicator("sma", { length: 3 }).alias("d"),
      pl.when(close.ta.sma(3).gt(95)).then(close.ta.sma(3)).otherwise(close).alias("e"),
    ];
    expect(tasks(() => df.select(...same))).toEqual([["sma"]]);
    expect(tasks(() => df.filter(ta.sma(3).gt(90).and(ta.sma(3).lt(99))))).toEqual([["sma"]]);
    const inner = [close.ta.sma(3).ta.rsi(3), close.ta.sma(3).ta.ema(3), close.ta.sma(3)];
    expect(tasks(() => df.select(...inner))).toEqual([["sma"], ["rsi", "ema"]]);
    const bands = ta.bbands(5);
    const fields = ["upper", "lower"] as const;
    expect(tasks(() => df.select(...fields.map((f) => bands.struct.field(f))))).toEqual([
      ["bbands"],
    ]);
    const overs = [ta.sma(3).over("symbol"), ta.sma(3).shift(1).over("symbol").alias("b")];
    expect(tasks(() => df.select(...overs))).toEqual([["sma"]]);
  });

  test("differing ones are not mixed up", () => {
    const different = [ta.sma(3), ta.sma(4), ta.sma(3, { series: "open" }).alias("b")];
    expect(tasks(() => df.select(...different))).toEqual([["sma", "sma", "sma"]]);
    const missing = [ta.sma(3), ta.sma(3, { missing: "propagate" }).alias("b")];
    expect(tasks(() => df.select(...missing))).toEqual([["sma", "sma"]]);
  });

  test("an input is handed over once", () => {
    expect(columns(() => df.select(ta.sma(3), ta.rsi(3), ta.atr(3), ta.adx(3)))).toEqual([3]);
    const twice = close.mul(2);
    expect(columns(() => df.select(twice.ta.sma(3), twice.ta.rsi(3)))).toEqual([1]);
  });

  test("groups are found once for all indicators within them", () => {
    const partitions = (...exprs: Expr[]) => {
      tasks(() => df.select(...exprs));
      return calls.map((plan) => plan.partitions);
    };
    expect(partitions(ta.sma(3), ta.rsi(3))).toEqual([0]);
    const bySymbol = [ta.sma(3).over("symbol"), ta.rsi(3).over("symbol"), ta.macd().over("symbol")];
    expect(partitions(...bySymbol)).toEqual([1]);
    expect(partitions(...bySymbol, ta.atr(3).over("k2"), ta.ema(3))).toEqual([2]);
    expect(partitions(ta.sma(2).ta.rsi(3).over("symbol"))).toEqual([1, 1]);
  });

  test("without .ta there is none", () => {
    expect(tasks(() => df.select(close.mean(), pl.all().first().suffix("_f")))).toEqual([]);
    expect(tasks(() => df.lazy().select(ta.sma(3)).columns)).toEqual([]);
    expect(tasks(() => df.lazy().select(ta.sma(3)).describePlan())).toEqual([]);
  });
});

describe("the stage before", () => {
  // Every execution draws other rows.
  const drawn = () => df.lazy().withColumns(pl.col("i").shuffle().alias("drawn"));
  const price = pl.col("drawn").cast(pl.Float64);

  test("is executed once for all indicators, levels and columns of a context", async () => {
    const lazy = drawn().select(
      "drawn",
      price.ta.sma(1).alias("a"),
      price.ta.sma(1).ta.sma(1).alias("b"),
      price.ta.wma(1).over("k2").alias("c"),
    );
    for (const made of [lazy.collectSync(), await lazy.collect()] as DataFrame[]) {
      const order = made.getColumn("drawn").toArray().map(Number);
      for (const name of ["a", "b", "c"]) expect(made.getColumn(name).toArray()).toEqual(order);
    }
    const kept = drawn().filter(price.ta.sma(1).eq(price)).collectSync();
    expect(kept.height).toBe(df.height);
    const grouped = drawn().groupBy("k2").agg(price.ta.sma(1).sub(price).abs().sum().alias("d"));
    expect(grouped.collectSync().getColumn("d").toArray()).toEqual([0, 0]);
  });

  test("is executed once where the frame stands twice in a plan", async () => {
    const lazy = drawn().withColumns(price.ta.sma(1).alias("a"));
    const joined = lazy.join(lazy, { on: "i", suffix: "_b" });
    const stacked = pl.concat([lazy, lazy]);
    calls.length = 0;
    for (const made of [joined.collectSync(), await joined.collect()] as DataFrame[]) {
      expect(made.getColumn("a_b").toArray()).toEqual(made.getColumn("a").toArray());
    }
    const both = stacked.collectSync().getColumn("a").toArray();
    expect(both.slice(df.height)).toEqual(both.slice(0, df.height));
    expect(calls.length).toBe(3);
  });

  test("is collected once", () => {
    const count = watchCollects(() =>
      drawn().select(ta.sma(3), ta.rsi(3), ta.atr(3)).collectSync(),
    );
    const one = watchCollects(() => drawn().select(ta.sma(3)).collectSync());
    expect(count).toBe(one);
  });
});
