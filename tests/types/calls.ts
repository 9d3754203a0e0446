/**
 * What compiles and what does not. Checked by `tsc`, never run: every line marked
 * `@ts-expect-error` must be an error, every other must be none.
 */

import pl, { type DataFrame, type Expr, type LazyDataFrame, type Series } from "nodejs-polars";
import {
  type ColumnInput,
  type FrameIndicators,
  type IndicatorMeta,
  type Indicators,
  type LiveColumns,
  type LiveRow,
  type LiveStream,
  type LiveValue,
  type StructExpr,
  type TaError,
  ta,
} from "nodejs-polars-ta";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only if the value's type is exactly `Wanted`. */
const is = <Wanted>() => ({
  of: <Given>(_value: Given, ..._same: Same<Given, Wanted> extends true ? [] : [never]) => {},
});

const col = pl.col("close");
const df = pl.DataFrame({ close: [1, 2, 3] });
const plain: DataFrame = df;
const lazy = df.lazy();
const series = pl.Series("close", [1, 2, 3]);

// Return types.
is<Expr>().of(col.ta.rsi(14));
is<Expr>().of(ta.atr({ period: 14, close: "adj_close", high: pl.col("h"), low: 3 }));
is<Expr>().of(col.ta.rsi(14).over("symbol"));
is<StructExpr<"macd" | "signal" | "histogram">>().of(col.ta.macd({ fastPeriod: 8 }));
is<StructExpr<"upper" | "middle" | "lower">>().of(ta.bbands(20, 2, 2, "ema"));
is<StructExpr<"swing_high" | "swing_low">>().of(pl.col("high").ta.swing_points(2, 2, true));
is<Expr>().of(col.ta.macd().struct.field("histogram"));
is<Expr>().of(ta.indicator("rsi", { period: 14 }, { series: col }));
is<DataFrame>().of(plain.ta.rsi(14));
is<DataFrame>().of(df.ta.macd({ over: "symbol", as: "m", unnest: true }));
is<DataFrame>().of(df.ta.rsi(14).ta.atr(14, { over: ["symbol", pl.col("x")] }));
is<LazyDataFrame>().of(lazy.ta.bbands({ period: 20, unnest: false }));
is<Promise<DataFrame>>().of(lazy.ta.rsi(14).collect());
is<Series>().of(series.ta.ema(20));
is<Series>().of(series.ta.macd());
is<Series>().of(series.shift(1).ta.atr(14, { high: series, low: 3 }));
is<Series>().of(df.getColumn("close").ta.rsi());
is<Indicators<"series">>().of(ta(series));
is<Indicators<"expr">>().of(ta(col, { missing: "propagate" }));
is<readonly IndicatorMeta[]>().of(ta.catalog());
is<IndicatorMeta | undefined>().of(ta.find("williams_r"));
// @ts-expect-error: proof that `is` can fail
is<Expr>().of(col.ta.macd());

// Operations on bars, which only frames have.
is<DataFrame>().of(plain.ta.resample("5m"));
is<LazyDataFrame>().of(lazy.ta.resample("1w", { over: ["symbol", col], agg: { n: pl.len() } }));
is<DataFrame>().of(df.ta.heikinAshi({ over: "symbol", close: "last", missing: "propagate" }));
is<LazyDataFrame>().of(lazy.ta.heikinAshi());
is<DataFrame>().of(df.ta.sync(plain, { on: "ts", by: "symbol", every: "1h" }));
is<LazyDataFrame>().of(lazy.ta.sync(lazy).ta.sync(plain, { forwardFill: false }));
is<FrameIndicators<"lazy">>().of(ta(lazy));
// @ts-expect-error: the length of a bar is missing
df.ta.resample();
// @ts-expect-error: the name is over
df.ta.resample("5m", { by: "symbol" });
// @ts-expect-error: a column is named
df.ta.resample("5m", { close: col });
// @ts-expect-error: left, right, both or none
df.ta.resample("5m", { closed: "start" });
// @ts-expect-error: an aggregation is an expression
df.ta.resample("5m", { agg: { x: "close" } });
// @ts-expect-error: the column has no other name than the price
df.ta.heikinAshi({ as: "x" });
// @ts-expect-error: the other frame is missing
df.ta.sync({ on: "ts" });
// @ts-expect-error: a DataFrame is not joined with a plan
df.ta.sync(lazy);
// @ts-expect-error: the name is by
df.ta.sync(plain, { over: "symbol" });
// @ts-expect-error: only frames hold bars
col.ta.resample("5m");
// @ts-expect-error: only frames hold bars
series.ta.heikinAshi();
// @ts-expect-error: only frames hold bars
ta.sync(plain);

// Inputs that must be given, by position and by name.
is<Expr>().of(col.ta.crossup("open"));
is<Expr>().of(col.ta.crossup({ other: 3 }));
is<Expr>().of(ta.crossup("close", pl.col("open")));
is<Expr>().of(ta.crossup({ series: "close", other: "open" }));
is<Expr>().of(col.ta.mavp("periods", 2, 30, "sma", { missing: "error" }));
is<Series>().of(series.ta.crossup(series));
// @ts-expect-error: other is missing
col.ta.crossup();
// @ts-expect-error: other is missing
col.ta.crossup({});
// @ts-expect-error: other is missing
ta.crossup("close");
// @ts-expect-error: series is missing
ta.crossup({ other: "open" });
// @ts-expect-error: periods is missing
col.ta.mavp();
// @ts-expect-error: periods is missing
df.ta.mavp({ minPeriod: 3 });
// @ts-expect-error: a Series has no columns to name
series.ta.crossup("open");
// @ts-expect-error: a Series has no columns to name
series.ta.atr(14, { high: "high", low: series });
// @ts-expect-error: an array is no input
ta.atr({ high: ["high"] });
// @ts-expect-error: a Date is no input
ta.atr({ high: new Date() });

// Names of parameters and options.
// @ts-expect-error: the name is period
col.ta.rsi({ perid: 14 });
// @ts-expect-error: the name is period
ta.atr({ perid: 14 });
// @ts-expect-error: the name is period
df.ta.rsi({ perid: 14 });
// @ts-expect-error: the name is fastPeriod
series.ta.macd({ fast_periods: 8 });
// @ts-expect-error: what stands before the dot is not given again
col.ta.rsi({ series: "open" });
// @ts-expect-error: only frames take over
col.ta.rsi({ over: "symbol" });
// @ts-expect-error: only frames take as
ta.rsi({ as: "x" });
// @ts-expect-error: only frames take unnest
series.ta.macd({ unnest: true });
// @ts-expect-error: there is no such indicator
col.ta.rsj(14);

// Values.
// @ts-expect-error: a period is a number
col.ta.rsi("14");
// @ts-expect-error: a period is a number
col.ta.rsi({ period: "14" });
// @ts-expect-error: a period is a number
col.ta.rsi(null);
// @ts-expect-error: a period is a number
col.ta.rsi(new Date());
// @ts-expect-error: moving averages have other names
col.ta.ma(10, "emma");
// @ts-expect-error: moving averages have names, not numbers
col.ta.bbands({ maType: 1 });
// @ts-expect-error: skip, propagate or error
col.ta.rsi({ missing: "nope" });
// @ts-expect-error: true or false
ta.swing_points(2, 2, "yes");
// @ts-expect-error: a function is neither a period nor options
col.ta.rsi(() => 14);
// @ts-expect-error: an expression is neither a period nor options
col.ta.rsi(pl.col("open"));
// @ts-expect-error: crossup has no parameters
col.ta.crossup("open", 14);
// @ts-expect-error: one parameter
col.ta.rsi(14, 15);
// @ts-expect-error: a name
df.ta.rsi({ as: 3 });
// @ts-expect-error: true or false
lazy.ta.macd({ unnest: "yes" });
// @ts-expect-error: an object of values by name
ta.indicator("rsi", 14);
// @ts-expect-error: nothing that polars makes
ta("close");

// Fields of a struct.
// @ts-expect-error: macd, signal or histogram
col.ta.macd().struct.field("hist");
// @ts-expect-error: upper, middle or lower
ta.bbands(20).struct.field("macd");
// @ts-expect-error: swing_high or swing_low
ta.swing_points().struct.field("swing_hi");

// Streams.
const live = ta.stream({ over: ["symbol"], features: ["rsi(14)"], amend: 5, unknownKeys: "error" });
is<LiveStream>().of(live);
is<LiveStream>().of(ta.stream("features.yaml").clone());
is<LiveStream>().of(ta.pipeline({ features: ["rsi(14)"] }).stream({ amend: 1 }));
is<LiveStream>().of(ta.restore(live.snapshot()));
is<Uint8Array>().of(live.snapshot());
is<LiveRow>().of(live.update({ symbol: "IBM", close: 3, date: new Date(), other: null }));
is<LiveRow>().of(live.peek({}));
is<LiveRow>().of(live.replace({ close: 3 }, { back: 2 }));
is<LiveRow | undefined>().of(live.last("IBM"));
is<LiveColumns>().of(live.updateMany(["IBM"], { close: Float64Array.of(1), date: "2024-01-31" }));
is<DataFrame>().of(live.toFrame());
for (const row of [live.warm(df), live.warm(lazy), live.warm([{ close: 1 }])].flat()) {
  is<LiveValue | Record<string, LiveValue> | undefined>().of(row.rsi_14);
}
// @ts-expect-error: add or error
ta.stream({ features: [], unknownKeys: "skip" });
// @ts-expect-error: the name is amend
ta.stream({ features: [], amends: 5 });
// @ts-expect-error: the features are missing
ta.stream({ over: "symbol" });
// @ts-expect-error: a bar is an object
live.update(3);
// @ts-expect-error: a number of bars
live.replace({}, { back: "1" });
// @ts-expect-error: a list of keys
live.updateMany(3, {});
// @ts-expect-error: a snapshot is bytes
ta.restore("live.state");

// Exported types.
const input: ColumnInput = col;
is<Expr>().of(ta.rsi({ period: 14, series: input }));
// @ts-expect-error: the catalog is not to be changed
(ta.catalog()[0] as IndicatorMeta).id = "x";
export type Message = TaError["message"];
