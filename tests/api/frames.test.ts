/** `.ta` on frames and Series, and on objects however they were made. */

import pl, { type Series } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { childScript, runNode } from "../support/child.js";
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

const { symbol, open, high, low, close } = columns;
const df = frame();
const names = df.columns;

describe.each(["DataFrame", "LazyDataFrame"])("%s.ta", (kind) => {
  const on = kind === "DataFrame" ? df.ta : df.lazy().ta;
  const done = (
    made: ReturnType<typeof df.ta.sma> | ReturnType<ReturnType<typeof df.lazy>["ta"]["sma"]>,
  ) => ("collectSync" in made ? made.collectSync() : made);

  test("adds the column under its default name", () => {
    const made = done(on.sma(3));
    expect(made.columns).toEqual([...names, "sma_3"]);
    expectValues(made.getColumn("sma_3"), sma(close, 3));
  });

  test("over groups, under another name", () => {
    const made = done(on.atr(3, { over: "symbol", as: "range", unnest: false }));
    const expected = grouped(symbol, (rows) =>
      atr(pick(high, rows), pick(low, rows), pick(close, rows), 3),
    );
    expect(made.columns).toEqual([...names, "range"]);
    expectValues(made.getColumn("range"), expected);
  });

  test("over several keys, some of them expressions", () => {
    const made = done(on.sma(2, { over: ["symbol", pl.col("open").gt(12)], as: "x" }));
    const keys = symbol.map((name, row) => `${name} ${(open[row] ?? 0) > 12}`);
    expectValues(
      made.getColumn("x"),
      grouped(keys, (rows) => sma(pick(close, rows), 2)),
    );
  });

  test("over a column that is there already", () => {
    const made = done(on.sma(3, { as: "close" }));
    expect(made.columns).toEqual(names);
    expectValues(made.getColumn("close"), sma(close, 3));
  });

  test("unnests a struct into columns under the same name", () => {
    const expected = bbands(close, 4, 2);
    const made = done(on.bbands({ period: 4, as: "bb", unnest: true }));
    expect(made.columns).toEqual([...names, "bb_upper", "bb_middle", "bb_lower"]);
    expectValues(made.getColumn("bb_upper"), expected.upper);
    expectValues(made.getColumn("bb_lower"), expected.lower);
    expect(done(on.bbands(4)).columns).toEqual([...names, "bbands_4_2_2"]);
    expect(done(on.sma(4, { unnest: true })).columns).toEqual([...names, "sma_4"]);
  });

  test("takes inputs by name, expression and number", () => {
    const made = done(on.atr(3, { close: "open", high: pl.col("high").add(1), low: 8 }));
    expectValues(
      made.getColumn("atr_3"),
      atr(
        high.map((v) => v + 1),
        low.map(() => 8),
        open,
        3,
      ),
    );
  });

  test("chains", () => {
    const made = done(done(on.sma(2)).ta.sma(2, { series: "sma_2", as: "twice" }));
    const once = sma(close, 2);
    expectValues(made.getColumn("twice"), [null, ...sma(once.slice(1), 2)]);
  });
});

describe("Series.ta", () => {
  const series = pl.Series("close", close);

  test("is a Series under the default name", () => {
    const made = series.ta.sma(3);
    expect(made.name).toBe("sma_3");
    expectValues(made, sma(close, 3));
    expect(series.name).toBe("close");
  });

  test("takes other Series and numbers", () => {
    const others = { high: pl.Series("h", high), low: pl.Series("l", low) };
    expectValues(series.ta.atr(3, others), atr(high, low, close, 3));
    expectValues(series.ta.crossup(pl.Series("close", open)), crossup(close, open));
    expectValues(
      series.ta.crossup({ other: 20 }),
      crossup(
        close,
        close.map(() => 20),
      ),
    );
  });

  test("is a struct Series with several outputs", () => {
    const made = series.ta.bbands(4);
    expect(made.name).toBe("bbands_4_2_2");
    expectValues(made.struct.field("upper"), bbands(close, 4, 2).upper);
  });

  const shifted = [null, ...close.slice(0, -1)];
  const later = [null, ...sma(close, 2).slice(0, -1)];
  test.each<[string, () => Series, (number | null)[]]>([
    ["pl.Series", () => series, close],
    ["pl.Series without a name", () => pl.Series(close), close],
    ["pl.Series of a typed array", () => pl.Series("x", Float64Array.from(close)), close],
    ["pl.Series.from", () => pl.Series.from("x", close), close],
    ["a frame's property", () => (df as unknown as { close: Series }).close, close],
    ["getColumn", () => df.getColumn("close"), close],
    ["getColumns", () => df.getColumns()[names.indexOf("close")] as Series, close],
    ["toSeries", () => df.select(pl.col("close")).toSeries(0), close],
    ["a method", () => series.rename("y"), close],
    ["arithmetic", () => series.mul(2), close.map((v) => v * 2)],
    ["a cast", () => series.cast(pl.Float32).cast(pl.Float64), close],
    ["a chain", () => series.clone().head(20).slice(0, close.length).alias("z"), close],
    ["serialization", () => pl.Series.deserialize(series.serialize("json"), "json"), close],
    ["pl.concat", () => pl.concat([series.head(5), series.tail(close.length - 5)]), close],
  ])("on %s", (_, make, values) => {
    expectValues(make().ta.sma(2), sma(values, 2));
  });

  test("after a method that makes nulls", () => {
    expectValues(series.shift(1), shifted);
    expectValues(series.shift(1).ta.sma(2), later);
    expectValues(series.shift(1).ta.sma(2).ta.sma(1), later);
  });
});

describe("ta(object)", () => {
  test("is the namespace of anything", () => {
    expectValues(ta(pl.Series("x", close)).sma(3), sma(close, 3));
    expectValues(df.select(ta(pl.col("open")).sma(3)).toSeries(0), sma(open, 3));
    expectValues(ta(df).sma(3).getColumn("sma_3"), sma(close, 3));
    expectValues(ta(df.lazy()).sma(3).collectSync().getColumn("sma_3"), sma(close, 3));
  });

  test("takes defaults for all its calls", () => {
    const gap = pl.Series("x", [1, null, 3, 4]);
    expectValues(ta(gap, { missing: "propagate" }).sma(2), [null, null, null, 3.5]);
    expectValues(ta(gap, { missing: "propagate" }).sma(2, { missing: "skip" }), [
      null,
      null,
      2,
      3.5,
    ]);
  });

  test("reaches what was made before the plugin was loaded", async () => {
    const script = `
      import pl from "nodejs-polars";
      const df = pl.DataFrame({ close: [1, 2, 4] });
      const made = [pl.col("close"), df, df.lazy(), df.getColumn("close")];
      const { ta } = await import("nodejs-polars-ta");
      const results = [
        df.select(ta(made[0]).sma(2)).toSeries(0),
        ta(made[1]).sma(2).getColumn("sma_2"),
        ta(made[2]).sma(2).collectSync().getColumn("sma_2"),
        ta(made[3]).sma(2),
        df.select(pl.col("close").ta.sma(2)).toSeries(0),
        df.withColumns(pl.lit(1)).ta.sma(2).getColumn("sma_2"),
        df.getColumn("close").ta.sma(2),
      ];
      console.log(JSON.stringify(results.map((series) => series.toArray())));`;
    const { stdout, stderr } = await runNode(childScript(script));
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(Array(7).fill([null, 1.5, 3]));
  });
});
