/** Deferred LazyFrames: what is around a stage with `.ta`, and what can be asked without running it. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl, { type DataFrame, type LazyDataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  beside,
  expectSame,
  FORMS,
  inGroups,
  market,
  NESTED,
  PLAIN,
  withResult,
} from "../support/contexts.js";

const df = market();
const close = pl.col("close");
const directory = mkdtempSync(join(tmpdir(), "ta-contexts-"));
const path = (name: string) => join(directory, name);

beforeAll(() => {
  df.writeParquet(path("in.parquet"));
  df.writeIPC(path("in.arrow"));
  df.writeCSV(path("in.csv"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const both = async (lazy: LazyDataFrame): Promise<DataFrame> => {
  const sync = lazy.collectSync();
  expectSame(await lazy.collect(), sync);
  return sync;
};

describe("sources", () => {
  const sources: Record<string, () => LazyDataFrame> = {
    scanParquet: () => pl.scanParquet(path("in.parquet")),
    scanIPC: () => pl.scanIPC(path("in.arrow")),
    scanCSV: () => pl.scanCSV(path("in.csv")),
  };
  test.each(Object.entries(sources))("%s", async (_, scan) => {
    for (const form of FORMS) {
      const source = scan().collectSync();
      const expected = withResult(source, form).select("i", "x");
      expectSame(await both(scan().select("i", form.expr().alias("x"))), expected);
      const filtered = withResult(source.filter(pl.col("i").gt(30)), form);
      const stages = scan().filter(pl.col("i").gt(30)).withColumns(form.expr().alias("x"));
      expectSame(await both(stages), filtered);
    }
  });
});

describe("sinks of a deferred frame", () => {
  type Sink = (lazy: LazyDataFrame, to: string) => LazyDataFrame;
  const sinks: Record<string, [Sink, (from: string) => DataFrame]> = {
    parquet: [(lazy, to) => lazy.sinkParquet(to), (from) => pl.readParquet(from)],
    ipc: [(lazy, to) => lazy.sinkIpc(to), (from) => pl.readIPC(from)],
    csv: [(lazy, to) => lazy.sinkCSV(to), (from) => pl.readCSV(from)],
    json: [(lazy, to) => lazy.sinkNdJson(to), (from) => pl.scanJson(from).collectSync()],
  };
  test.each(Object.entries(sinks))("%s", async (extension, [sink, read]) => {
    const some = pl.col("x").isNotNull();
    const expected = withResult(df, NESTED).select("i", "x").filter(some);
    const lazy = () => df.lazy().select("i", NESTED.expr().alias("x")).filter(some);
    sink(lazy(), path(`sync.${extension}`)).collectSync();
    await sink(lazy(), path(`async.${extension}`)).collect();
    for (const way of ["sync", "async"]) {
      const back = read(path(`${way}.${extension}`));
      expect(back.columns).toEqual(["i", "x"]);
      expect(back.getColumn("x").toArray()).toEqual(expected.getColumn("x").toArray());
    }
  });
});

describe("joins on a computed key", () => {
  const left = df.select("i", "close", "symbol");
  const x = withResult(left, PLAIN).getColumn("x");
  const right = pl.DataFrame({
    // Some of the computed values, some others.
    price: [x.get(5), x.get(6), x.get(6), x.get(40), -1],
    note: ["five", "six", "six again", "forty", "none"],
  });
  const computed = beside(left, [x]);
  const hows = ["inner", "left", "right", "full", "semi", "anti"] as const;

  test.each(hows)("%s", async (how) => {
    const options = { how, leftOn: "x", rightOn: "price", coalesce: false } as never;
    const expected = computed.lazy().join(right.lazy(), options).collectSync().drop("x");
    const made = left
      .lazy()
      .join(right.lazy(), { how, leftOn: PLAIN.expr(), rightOn: "price" } as never);
    expect(made.columns).toEqual(expected.columns);
    const rows = (frame: DataFrame) =>
      frame
        .toRecords()
        .map((r) => JSON.stringify(r))
        .sort();
    expect(rows(await both(made.sort("i")))).toEqual(rows(expected));
    const other = right
      .lazy()
      .join(left.lazy(), { how: "inner", leftOn: "price", rightOn: PLAIN.expr() } as never);
    expect(other.collectSync().height).toBe(4);
  });

  test("keys on both sides, one of them within an expression, and several keys", async () => {
    const expr = NESTED.expr().round(0).fillNull(-1);
    const key = withResult(df, NESTED).select("i", "symbol", pl.col("x").round(0).fillNull(-1));
    const expected = key
      .lazy()
      .join(key.lazy(), { on: ["symbol", "x"] })
      .collectSync();
    const lazy = df.select("i", "symbol", "close").lazy();
    const made = await both(
      lazy
        .join(lazy, { on: [pl.col("symbol"), expr] as never })
        .select("i", "iright")
        .sort(["i", "iright"]),
    );
    expectSame(made, expected.select("i", "iright").sort(["i", "iright"]));
  });

  test("joins after a stage, and with a deferred frame on the right", async () => {
    const stage = () => df.lazy().select("i", PLAIN.expr().alias("x"));
    const plain = withResult(df, PLAIN).select("i", "x");
    const other = withResult(df, NESTED).select("i", "x").rename({ x: "y" });
    const expected = plain.join(other, { on: "i" }).sort("i");
    const right = () => df.lazy().select("i", NESTED.expr().alias("y"));
    expectSame(await both(stage().join(right(), { on: "i" }).sort("i")), expected);
    expectSame(await both(plain.lazy().join(right(), { on: "i" }).sort("i")), expected);
    expectSame(await both(stage().joinAsof(right(), { on: "i" })), expected);
  });
});

describe("pl.concat of deferred frames", () => {
  const stage = (name: string) => df.lazy().select(PLAIN.expr().alias(name));
  const plain = (name: string) => withResult(df, PLAIN).select(pl.col("x").alias(name));
  test.each(["vertical", "verticalRelaxed", "diagonal"] as const)("%s", async (how) => {
    const expected = pl.concat([plain("x"), plain("x"), plain("x")]) as DataFrame;
    expectSame(
      await both(pl.concat([stage("x"), plain("x").lazy(), stage("x")], { how })),
      expected,
    );
  });
  test("horizontal", async () => {
    const expected = pl.DataFrame(["a", "b", "c"].map((name) => plain(name).getColumn(name)));
    const parts = [stage("a"), plain("b").lazy(), stage("c")];
    expectSame(await both(pl.concat(parts, { how: "horizontal" })), expected);
  });
});

describe("what follows a stage", () => {
  const stage = () => df.lazy().withColumns(NESTED.expr().alias("x"));
  const computed = withResult(df, NESTED);
  const uses: Record<string, (lazy: LazyDataFrame) => LazyDataFrame> = {
    cache: (lazy) => lazy.cache().filter(pl.col("x").gt(50)).cache(),
    clone: (lazy) => lazy.clone(),
    "head, tail, limit, slice": (lazy) =>
      lazy.limit(80).head(70).tail(60).slice(2, 50).slice({ offset: 1, length: 40 }),
    unique: (lazy) =>
      lazy.unique({ subset: ["symbol"], keep: "first", maintainOrder: true } as never),
    "rename, drop, dropNulls": (lazy) => lazy.rename({ x: "y" }).drop("open").dropNulls("y"),
    "fillNull, shift, reverse": (lazy) => lazy.select("x", "i").fillNull(0).shift(1).reverse(),
    aggregates: (lazy) => lazy.select("x", "close").mean(),
    unpivot: (lazy) => lazy.select("i", "x").unpivot("i", "x"),
    withRowIndex: (lazy) => lazy.withRowIndex("row"),
    groupByDynamic: (lazy) =>
      lazy.groupByDynamic({ indexColumn: "i", every: "10i" } as never).agg(pl.col("x").mean()),
    groupByRolling: (lazy) =>
      lazy.groupByRolling({ indexColumn: "i", period: "4i" }).agg(pl.col("x").max()),
    "a group-by and a sort": (lazy) => lazy.groupBy("k2", true).agg(pl.col("x").last()).sort("k2"),
  };
  test.each(Object.entries(uses))("%s", async (_, use) => {
    expectSame(await both(use(stage())), use(computed.lazy()).collectSync());
  });

  test("collect with options", async () => {
    expectSame(await stage().collect({ noOptimization: true }), computed);
    expectSame(await stage().collect({ streaming: true }), computed);
    expectSame(stage().collectSync({ engine: "streaming" } as never), computed);
  });

  test("first and last", () => {
    expectSame(stage().first() as unknown as DataFrame, computed.head(1));
    expectSame(stage().last().collectSync(), computed.tail(1));
  });

  test("a second and a third stage", async () => {
    const late = pl.col("i").gt(20);
    const ema = (frame: DataFrame) => frame.select(pl.col("x").ta.ema(2).alias("x"));
    const form = { name: "ema", expr: () => pl.col("x").ta.ema(2), steps: ema };
    const rest = computed.filter(late);
    const second = beside(rest, [inGroups(rest, ["symbol"], form).alias("y")]);
    const expected = second.filter(pl.col("y").gt(pl.col("y").ta.max(3)));
    const made = stage().filter(late).withColumns(form.expr().over("symbol").alias("y"));
    expectSame(await both(made), second);
    expectSame(await both(made.filter(pl.col("y").gt(pl.col("y").ta.max(3)))), expected);
  });

  test("SQLContext sees computed columns", () => {
    const context = pl.SQLContext({ prices: stage(), other: df });
    const made = context.execute("SELECT i, x FROM prices WHERE x > 50 ORDER BY i", {
      eager: true,
    });
    expectSame(made as DataFrame, computed.filter(pl.col("x").gt(50)).select("i", "x"));
  });
});

describe("nothing runs before collect", () => {
  // Reading it fails: its only number is no number.
  const failing = () =>
    df.lazy().withColumns(pl.col("symbol").cast(pl.Float64, true).alias("close"));

  test("the input fails when it is run", async () => {
    expect(() => failing().select(PLAIN.expr()).collectSync()).toThrow(/conversion/);
    await expect(failing().select(PLAIN.expr()).collect()).rejects.toThrow(/conversion/);
  });

  test("columns", () => {
    expect(failing().withColumns(ta.rsi(14), ta.macd()).columns).toEqual([
      ...df.columns,
      "rsi_14",
      "macd_12_26_9",
    ]);
    expect(failing().select(NESTED.expr().over("symbol")).columns).toEqual(["rsi_3"]);
    expect(failing().filter(PLAIN.expr().gt(1)).drop("i").columns).toEqual(df.columns.slice(1));
    const grouped = failing().groupBy("symbol").agg(ta.bbands(5).struct.field("upper").last());
    expect(grouped.columns).toEqual(["symbol", "upper"]);
    expect(failing().withColumns(ta.macd()).unnest("macd_12_26_9").columns.slice(-3)).toEqual([
      "macd",
      "signal",
      "histogram",
    ]);
  });

  test("a readable plan", () => {
    const stage = failing()
      .withColumns(ta.rsi(14), ta.macd().over("symbol"))
      .filter(pl.col("i").gt(1));
    for (const plan of [stage.describePlan(), stage.describeOptimizedPlan()]) {
      expect(plan).toContain("ta.rsi(close, 14)");
      expect(plan).toContain("ta.macd(close, 12, 26, 9)");
      expect(plan).not.toContain("__ta");
    }
    const nested = failing().select(close.ta.sma(5).ta.rsi(7)).describePlan();
    expect(nested).toContain("ta.rsi(ta.sma(close, 5), 7)");
  });

  test("a filter or slice after a stage does not move before it", () => {
    const plan = failing()
      .withColumns(ta.rsi(14))
      .filter(close.gt(1))
      .head(3)
      .describeOptimizedPlan();
    const computed = plan.lastIndexOf("ta.rsi(close, 14)");
    for (const step of ["FILTER", "SLICE"]) {
      expect(plan).toContain(step);
      expect(plan.indexOf(step)).toBeLessThan(computed);
    }
  });
});
