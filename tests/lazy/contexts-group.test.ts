/** `.ta` within groups: `over`, `groupBy().agg` and groups of groups, against one group at a time. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import {
  expectSame,
  FIELD,
  type Form,
  inGroups,
  market,
  NESTED,
  PLAIN,
  run,
  SEVERAL,
  WAYS,
  withGroups,
  withResult,
} from "../support/contexts.js";

const df = market();
const close = pl.col("close");

const KEYS: readonly (readonly string[])[] = [["symbol"], ["k2"], ["symbol", "k2"]];

/** The typings know no arrays of keys. */
const each = (keys: readonly string[]) => keys as unknown as string;

/** Forms that are computed within groups as a whole: without an `over` of their own. */
const SHIFTED: Form = {
  name: "computed input",
  expr: () => close.shift(1).sub(close.max()).ta.sma(2),
  steps: (frame) =>
    frame
      .select(close.shift(1).sub(close.max()).alias("input"))
      .select(pl.col("input").ta.sma(2).alias("x")),
};
const FORMS = [PLAIN, NESTED, FIELD, SEVERAL, SHIFTED];

/** What may stand between the expression and `over`; only row by row or within the group. */
const WRAPPED: Record<string, (x: Expr) => Expr> = {
  "by itself": (x) => x,
  renamed: (x) => x.alias("other"),
  "shifted and compared": (x) => x.shift(1).gt(95),
  arithmetic: (x) => close.sub(x).div(x).alias("y"),
  "an aggregate": (x) => x.mean(),
  "a difference from an aggregate": (x) => x.sub(x.max()),
  "when/then": (x) => pl.when(x.gt(close)).then(x.shift(1)).otherwise(close.max()).alias("y"),
  "a struct": (x) => pl.struct([x.alias("y"), close.shift(-1).alias("z")]).alias("s"),
};

describe.each(FORMS)("$name, over", (form) => {
  describe.each(KEYS)("%s", (...keys) => {
    const computed = withGroups(df, keys, form);

    test.each(Object.entries(WRAPPED))("%s", async (_, wrap) => {
      const expected = computed.select("i", wrap(pl.col("x")).over(each(keys)).alias("r"));
      const expr = wrap(form.expr());
      for (const way of WAYS) {
        const actual = await run(way, df, (f) => f.select("i", expr.over(each(keys)).alias("r")));
        expectSame(actual, expected);
      }
    });

    test("in every context", () => {
      const x = form.expr().over(each(keys));
      const column = pl.col("x");
      expectSame(df.filter(x.gt(close)), computed.filter(column.gt(close)).drop("x"));
      expectSame(df.sort([x, pl.col("i")]), computed.sort([column, pl.col("i")]).drop("x"));
      expectSame(df.withColumns(x.alias("x")), computed);
      expectSame(
        df.select(x.sub(form.expr()).alias("y")),
        withResult(computed.rename({ x: "inside" }), form).select(
          pl.col("inside").sub(column).alias("y"),
        ),
      );
    });
  });
});

describe("over", () => {
  test("an expression as key", () => {
    const keyed = df.withColumns(pl.col("i").cast(pl.Float64).div(20).floor().alias("key"));
    const expected = withGroups(keyed, ["key"], PLAIN).select("x");
    const key = pl.col("i").cast(pl.Float64).div(20).floor();
    expectSame(df.select(PLAIN.expr().over(key).alias("x")), expected);
  });

  test("a .ta expression as key", () => {
    const keyed = df.withColumns(pl.col("open").ta.sma(2).gt(pl.col("open")).alias("key"));
    const expected = withGroups(keyed, ["symbol", "key"], NESTED).select("x");
    const key = pl.col("open").ta.sma(2).gt(pl.col("open"));
    expectSame(df.select(NESTED.expr().over("symbol", key).alias("x")), expected);
  });

  test("an expression that is used outside and inside", () => {
    const rsi = ta.rsi(3);
    const form = { name: "", expr: () => rsi, steps: (f: DataFrame) => f.select(rsi.alias("x")) };
    const expected = pl.DataFrame([
      form.steps(df).getColumn("x").alias("all"),
      inGroups(df, ["symbol"], form).alias("own"),
      inGroups(df, ["k2"], form).alias("other"),
    ]);
    const actual = df.select(
      rsi.alias("all"),
      rsi.over("symbol").alias("own"),
      rsi.over("k2").alias("other"),
    );
    expectSame(actual, expected);
  });

  test("the result of one over as the input of another", () => {
    const inner = withGroups(df, ["symbol", "k2"], PLAIN).rename({ x: "inner" });
    const outer: Form = {
      name: "",
      expr: () => pl.col("inner").ta.rsi(2),
      steps: (frame) => frame.select(pl.col("inner").ta.rsi(2).alias("x")),
    };
    const expected = withGroups(inner, ["symbol"], outer).select("x");
    // Inside of groups, an over makes smaller ones, as polars has it.
    const actual = close.ta.sma(3).over("k2").ta.rsi(2).over("symbol");
    expectSame(df.select(actual.alias("x")), expected);
  });

  test("an over inside of an over, as polars nests them", () => {
    const polars = (x: (keys: string) => Expr) => x("k2").shift(1).over("symbol").alias("r");
    const expected = df.select(polars((keys) => close.rollingMin({ windowSize: 2 }).over(keys)));
    const complete = df.select(polars((keys) => close.fillNull(0).ta.min(2).over(keys)));
    const same = df.select(
      polars((keys) => close.fillNull(0).rollingMin({ windowSize: 2 }).over(keys)),
    );
    expectSame(complete, same);
    expect(expected.height).toBe(df.height);
  });
});

/** Aggregations of the expression. */
const AGGREGATES: Record<string, (x: Expr) => Expr> = {
  list: (x) => x,
  last: (x) => x.last(),
  mean: (x) => x.mean(),
  count: (x) => x.count(),
  "shifted and summed": (x) => x.shift(1).sum(),
  "filtered and summed": (x) => x.filter(x.gt(95)).sum(),
  "sorted by it": (x) =>
    pl
      .col("i")
      .sortBy([x.fillNull(0)])
      .first(),
  "with an aggregate": (x) => x.max().sub(close.min()),
  when: (x) => pl.when(x.last().gt(95)).then(pl.lit("up")).otherwise(pl.lit("down")),
  struct: (x) => pl.struct([x.last().alias("a"), close.last().alias("b")]),
};

describe.each([...FORMS, { ...PLAIN, name: "partitioned further", inner: "k2" }])(
  "$name, in groupBy",
  (form) => {
    const inner = "inner" in form ? [form.inner] : [];
    const expr = () => (inner.length > 0 ? form.expr().over(each(inner)) : form.expr());

    describe.each(KEYS)("%s", (...keys) => {
      const computed = withGroups(df, [...keys, ...inner], form);

      test.each(Object.entries(AGGREGATES))("%s", async (_, aggregate) => {
        const expected = computed
          .groupBy(keys)
          .agg(aggregate(pl.col("x")).alias("r"))
          .sort(keys);
        for (const way of WAYS) {
          const aggs = aggregate(expr()).alias("r");
          const actual = await run(way, df, (f) =>
            f
              .groupBy([...keys])
              .agg(aggs)
              .sort([...keys].map((k) => pl.col(k))),
          );
          expectSame(actual, expected);
        }
      });
    });
  },
);

describe("groupBy", () => {
  test("keeps the order of groups when asked to", () => {
    const lazy = df.lazy().groupBy("symbol", true).agg(PLAIN.expr().last().alias("x"));
    const order = df.unique({ subset: ["symbol"], keep: "first", maintainOrder: true } as never);
    expectSame(lazy.collectSync().select("symbol"), order.select("symbol"));
  });

  test("with an expression as key", () => {
    const key = pl.col("i").cast(pl.Float64).div(20).floor().alias("key");
    const expected = withGroups(df.withColumns(key), ["key"], PLAIN);
    expectSame(
      df
        .groupBy(key as never)
        .agg(PLAIN.expr().alias("x"))
        .sort("key"),
      expected.groupBy("key").agg(pl.col("x")).sort("key"),
    );
  });

  test("with .ta expressions as keys and in agg, head, tail and len", () => {
    const key = pl.col("open").ta.sma(2).gt(pl.col("open")).alias("key");
    const keyed = df.withColumns(key);
    const computed = withGroups(keyed, ["key", "k2"], NESTED);
    const keys = [key, pl.col("k2")];
    const lazy = () => df.lazy().groupBy(keys, true);
    const reference = () => keyed.lazy().groupBy(["key", "k2"], true);
    expectSame(
      lazy()
        .agg(NESTED.expr().alias("x"), close.sum())
        .sort(["key", "k2"].map((k) => pl.col(k)))
        .collectSync(),
      computed.groupBy("key", "k2").agg(pl.col("x"), close.sum()).sort(["key", "k2"]),
    );
    for (const of of [lazy, reference])
      expect(of().head(2).collectSync().columns).not.toContain("__ta_0");
    expectSame(lazy().head(2).collectSync(), reference().head(2).collectSync());
    expectSame(lazy().tail(1).collectSync(), reference().tail(1).collectSync());
    expectSame(lazy().len().collectSync(), reference().len().collectSync());
  });

  test("a selection finds neither keys nor hidden columns", () => {
    const prices = ["open", "high", "low", "close", "volume"];
    const frame = df.drop("i");
    const made = frame.groupBy("symbol", "k2").agg(pl.all().ta.sma(2).last(), pl.all().first());
    expect(made.columns).toEqual(["symbol", "k2", ...prices.map((n) => `${n}_sma_2`), ...prices]);
    const keys = frame
      .lazy()
      .groupBy(pl.col(["symbol", "k2"]))
      .agg(PLAIN.expr())
      .collectSync();
    const named = frame.lazy().groupBy(["symbol", "k2"]).agg(PLAIN.expr()).collectSync();
    expectSame(keys.sort(["symbol", "k2"]), named.sort(["symbol", "k2"]));
  });

  test("explode gives the rows back", () => {
    const expected = withGroups(df, ["symbol"], NESTED).select("symbol", "i", "x");
    const lists = df.lazy().groupBy("symbol").agg(pl.col("i"), NESTED.expr().alias("x"));
    const byRow = (frame: DataFrame) => frame.sort("i");
    expectSame(byRow(lists.explode("i", "x").collectSync()), byRow(expected));
    const eager = df.groupBy("symbol").agg(pl.col("i"), NESTED.expr().alias("x"));
    expectSame(byRow(eager.explode("i", "x")), byRow(expected));
  });

  test("of a frame without rows", () => {
    const made = df.head(0).groupBy("symbol").agg(PLAIN.expr(), ta.macd().last());
    expect(made.height).toBe(0);
    expect(made.columns).toEqual(["symbol", "sma_3", "macd_12_26_9"]);
  });
});
