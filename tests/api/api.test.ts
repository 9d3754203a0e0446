/** The forms of a call: each must compute the indicator asked for, from the inputs asked for. */

import pl, { type Expr } from "nodejs-polars";
import { type StructExpr, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import {
  atr,
  bbands,
  columns,
  crossup,
  expectValues,
  frame,
  grouped,
  pick,
  sma,
} from "../support/formulas.js";
import { methods } from "../support/surface.js";

const { symbol, open, high, low, close, adj_close } = columns;
const df = frame();
const col = pl.col("close");

/** The one column that an expression makes. */
const column = (expr: Expr) => df.select(expr.alias("x")).getColumn("x").toArray();

describe("parameters", () => {
  test.each<[string, Expr, number]>([
    ["by position", col.ta.sma(3), 3],
    ["by name", col.ta.sma({ period: 4 }), 4],
    ["as a default", col.ta.sma(undefined, { missing: "skip" }), 30],
    ["as whole bigint", methods(col.ta)("sma")(3n), 3],
    [
      "from another object",
      methods(col.ta)("sma")(Object.assign(Object.create(null), { period: 3 })),
      3,
    ],
    ...["timeperiod", "length", "window", "lookback"].map((name): [string, Expr, number] => [
      `as ${name}`,
      methods(col.ta)("sma")({ [name]: 3 }),
      3,
    ]),
  ])("%s", (_, expr, period) => {
    expectValues(column(expr), sma(close, period));
    expect(df.select(expr).columns).toEqual([`sma_${period}`]);
  });

  test.each([{ nbDevUp: 3 }, { nb_dev_up: 3 }, { nbdevup: 3 }])(
    "in every spelling: %j",
    (options) => {
      const expr = methods<StructExpr<"upper">>(col.ta)("bbands")(4, options);
      expectValues(column(expr.struct.field("upper")), bbands(close, 4, 3).upper);
    },
  );

  test("positions come in the catalog's order", () => {
    const names = df.select(
      col.ta.macd(3, 5, 2),
      col.ta.macd({ signalPeriod: 3, fastPeriod: 2, slowPeriod: 4 }),
      col.ta.macd({ fastPeriod: 8 }),
      col.ta.bbands(5, 2.5, 1, "ema"),
      col.ta.ma(3, "wma"),
      col.ta.ma(3, "sma"),
      ta.swing_points(1, 2, true),
      ta.obv({ volume: "open" }),
    ).columns;
    expect(names).toEqual([
      "macd_3_5_2",
      "macd_2_4_3",
      "macd_8_26_9",
      "bbands_5_2.5_1_ema",
      "ma_3_wma",
      "ma_3",
      "swing_points_1_2_allow_equal_extremes_true",
      "obv",
    ]);
  });

  test("numbers arrive to the last bit", () => {
    const values = [37.124778716627596, 27.563911288229242, 0.1 + 0.2, 1.1 ** 40, -1 / 3, 5e-324];
    const made = df.select(...values.map((nbDevUp) => col.ta.bbands({ nbDevUp })));
    const arrived = made.columns.map((name) => Number(name.split("_")[2]));
    expect(arrived).toEqual(values);
  });
});

describe("inputs", () => {
  const half = close.map((v) => v / 2);

  test.each<[string, Expr, (number | boolean | null)[]]>([
    ["columns by their usual names", ta.atr(3), atr(high, low, close, 3)],
    ["a column by name", ta.atr({ period: 3, close: "adj_close" }), atr(high, low, adj_close, 3)],
    ["an expression", ta.atr(3, { close: col.div(2) }), atr(high, low, half, 3)],
    [
      "a number",
      ta.atr(3, { low: 1 }),
      atr(
        high,
        close.map(() => 1),
        close,
        3,
      ),
    ],
    ["a Series", methods(ta)("atr")(3, { low: df.getColumn("open") }), atr(high, open, close, 3)],
    ["before the dot", pl.col("adj_close").ta.atr(3), atr(high, low, adj_close, 3)],
    [
      "beside the dot",
      col.ta.atr(3, { high: pl.col("open"), low: 2 }),
      atr(
        open,
        close.map(() => 2),
        close,
        3,
      ),
    ],
    [
      "a slot other than close before the dot",
      pl.col("high").ta.midprice(2, { low: "open" }),
      sma(
        high.map(
          (v, i) => (Math.max(v, high[i - 1] ?? v) + Math.min(open[i] ?? 0, open[i - 1] ?? 99)) / 2,
        ),
        1,
      ).with(0, null),
    ],
    ["a required one by position", col.ta.crossup("open"), crossup(close, open)],
    ["a required one by name", col.ta.crossup({ other: "open" }), crossup(close, open)],
    [
      "a required one as a number",
      col.ta.crossup(20),
      crossup(
        close,
        close.map(() => 20),
      ),
    ],
    [
      "both by position",
      ta.crossup("adj_close", pl.col("open").sub(10)),
      crossup(
        adj_close,
        open.map((v) => v - 10),
      ),
    ],
    ["both by name", ta.crossup({ other: "close", series: "open" }), crossup(open, close)],
    [
      "a computed one before the dot",
      col.mul(2).ta.sma(2),
      sma(
        close.map((v) => v * 2),
        2,
      ),
    ],
  ])("%s", (_, expr, expected) => {
    expectValues(column(expr), expected);
  });

  test("required ones come before the parameters", () => {
    const periods = close.map((_, row) => (row % 2 === 0 ? 2 : 3));
    const expected = close.map((_, row) =>
      row < 2 ? null : (sma(close, periods[row] ?? 0)[row] ?? null),
    );
    const expr = col.ta.mavp(pl.col("p"), 2, 3);
    const result = df.withColumns(pl.Series("p", periods)).select(expr);
    expect(result.columns).toEqual(["mavp_2_3"]);
    expectValues(result.getColumn("mavp_2_3"), expected);
  });
});

describe("results", () => {
  test("several outputs are a struct with fields in the catalog's order", () => {
    const made = df.select(col.ta.bbands(4), col.ta.macd(2, 3, 2), ta.swing_points(1, 1));
    for (const [index, id] of ["bbands", "macd", "swing_points"].entries()) {
      const outputs = ta.find(id)?.outputs.map((output) => output.name);
      expect(made.getColumn(made.columns[index] ?? "").struct.fields).toEqual(outputs);
    }
    const bands = made.select(pl.col("bbands_4_2_2")).unnest("bbands_4_2_2");
    const expected = bbands(close, 4, 2);
    expectValues(bands.getColumn("upper"), expected.upper);
    expectValues(bands.getColumn("middle"), expected.middle);
    expectValues(bands.getColumn("lower"), expected.lower);
  });

  test("groups by `.over`", () => {
    const expected = grouped(symbol, (rows) => sma(pick(close, rows), 3));
    expectValues(column(col.ta.sma(3).over("symbol")), expected);
    expect(expected).not.toEqual(sma(close, 3));
  });

  test("`ta.indicator` takes ids and aliases, parameters and inputs", () => {
    const byId = ta.indicator("sma", { period: 3 }, { series: pl.col("open") });
    expectValues(column(byId), sma(open, 3));
    expectValues(column(ta.indicator("SMA", { length: 3 })), sma(close, 3));
    expectValues(
      column(ta.indicator("average_true_range", { period: 3 }, { close: "open" })),
      atr(high, low, open, 3),
    );
    expect(df.select(ta.indicator("williams_r", { period: 3 })).columns).toEqual(["willr_3"]);
  });

  test("`ta.catalog` and `ta.find` answer with the same frozen objects", () => {
    const catalog = ta.catalog();
    expect(catalog.length).toBeGreaterThanOrEqual(240);
    expect(ta.find("williams_r")).toBe(catalog.find((meta) => meta.id === "willr"));
    expect(ta.find("RSI")?.params).toEqual([
      expect.objectContaining({ name: "period", kind: "int", default: 14, min: 2 }),
    ]);
    expect(ta.find("no such thing")).toBeUndefined();
    expect(Object.isFrozen(catalog[0]?.semantics.input_slots)).toBe(true);
  });

  test("every entry is a method everywhere", () => {
    const ids = ta.catalog().map((meta) => meta.id);
    for (const namespace of [ta, col.ta, df.ta, df.lazy().ta, df.getColumn("close").ta]) {
      const table = namespace as unknown as Record<string, unknown>;
      expect(ids.filter((id) => typeof table[id] !== "function")).toEqual([]);
    }
  });
});
