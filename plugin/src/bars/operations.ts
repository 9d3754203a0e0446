/** Types of the methods of `.ta` on frames besides the indicators. */

import type { DataFrame, Expr, LazyDataFrame } from "nodejs-polars";
import type { Chart } from "../chart/chart.js";
import type { ChartOptions } from "../chart/options.js";
import type { CheckOptions } from "../check/options.js";
import type { CheckReport } from "../check/report.js";
import type { FrameSurface } from "../core/surfaces.js";
import type { Result } from "../core/types.js";
import type { Indicators } from "../generated/index.js";
import type { BarTransforms } from "../generated/transforms.js";

/** Options of {@link BarOperations.resample}. */
export interface ResampleOptions {
  /** Make separate bars for each group of these columns. */
  readonly over?: string | Expr | readonly (string | Expr)[];
  /** Column of the times, a Date or Datetime. Default: the only one in the frame. */
  readonly time?: string;
  /** Column whose first value opens a bar. Default `"open"`, if there is one. */
  readonly open?: string;
  /** Column whose highest value is a bar's high. Default `"high"`, if there is one. */
  readonly high?: string;
  /** Column whose lowest value is a bar's low. Default `"low"`, if there is one. */
  readonly low?: string;
  /** Column whose last value closes a bar. Default `"close"`, if there is one. */
  readonly close?: string;
  /** Column whose sum is a bar's volume. Default `"volume"`, if there is one. */
  readonly volume?: string;
  /** Other columns of the bars, as aggregations by name. */
  readonly agg?: Readonly<Record<string, Expr>>;
  /** Which ends of its span of time belong to a bar. Default `"left"`. */
  readonly closed?: "left" | "right" | "both" | "none";
  /**
   * The time that a bar is labelled with: its start, its end, or the time of its first row. Default
   * `"left"`.
   */
  readonly label?: "left" | "right" | "datapoint";
  /** Where bars start: at whole multiples of their length, at the first row, or on a Monday. Default `"window"`. */
  readonly startBy?: "window" | "datapoint" | "monday";
  /** A duration by which all starts are moved, such as `"9h30m"`. */
  readonly offset?: string;
}

/** Options of {@link BarOperations.sync}. */
export interface SyncOptions {
  /** Column of the times in both frames. Default: the only Date or Datetime of the lower one. */
  readonly on?: string;
  /** Columns of the groups in both frames. */
  readonly by?: string | readonly string[];
  /** Length of the higher bars. Default: a bar lasts until the next one of its group begins. */
  readonly every?: string;
  /**
   * Repeat the values until the next bar closes. If false, only the first row after a bar closes
   * has them. Default true.
   */
  readonly forwardFill?: boolean;
  /** Columns to add. Default: all but times and groups. */
  readonly columns?: string | readonly string[];
  /** Suffix for names that the lower frame has too. Default `"_right"`. */
  readonly suffix?: string;
}

/** Methods of `.ta` on frames that make and align bars. */
export interface BarOperations<S extends FrameSurface> {
  /**
   * Makes longer bars: the first open, the highest high, the lowest low, the last close and the sum
   * of the volume, of those columns that the frame has. `agg` adds other columns. A span of time
   * without rows has no bar.
   *
   * The result has the groups, the times and the bars, sorted by group and time.
   *
   * @param every - Length of a bar: `"5m"`, `"1h30m"`, `"1d"`, `"1w"`, `"1mo"`, `"1q"`, `"1y"`.
   * @throws TaError if an option or a column is unknown, the times have another type, are null,
   *   or not in order within a group. On a LazyFrame the last two are found by `collect`.
   * @example
   * ```ts
   * import pl from "nodejs-polars";
   * import "nodejs-polars-ta";
   * import { stocks } from "nodejs-polars-ta/data";
   *
   * const days = pl
   *   .readCSV(stocks)
   *   .withColumns(pl.col("date").str.strptime(pl.Date, "%Y-%m-%d"));
   * const weeks = days.ta.resample("1w", { over: "symbol", agg: { days: pl.len() } });
   * console.log(weeks.columns); // symbol, date, open, high, low, close, volume, days
   * ```
   */
  resample(every: string, options?: ResampleOptions): Result<S>;

  /**
   * Adds the columns of a higher timeframe to this lower one. Each row gets the last bar that is
   * closed at its time, never one that is still open: there is no look-ahead.
   *
   * The times of the higher bars are their starts, as {@link BarOperations.resample} makes them.
   * A bar closes at its start plus `every`; without `every`, at the start of the next bar of its
   * group, and the last bar is not closed. Rows for which no bar is closed have nulls.
   *
   * @param other - The higher timeframe.
   * @throws TaError if an option or a column is unknown, the times have another type or
   *   another zone, null, or not in order within a group. On a LazyFrame the last two are found
   *   by `collect`.
   * @example
   * ```ts
   * import pl from "nodejs-polars";
   * import { ta } from "nodejs-polars-ta";
   * import { stocks } from "nodejs-polars-ta/data";
   *
   * const days = pl
   *   .readCSV(stocks)
   *   .withColumns(pl.col("date").str.strptime(pl.Date, "%Y-%m-%d"));
   * const weeks = days.ta.resample("1w", { over: "symbol" }).ta.rsi(14, { over: "symbol" });
   * days.ta.sync(weeks, { on: "date", by: "symbol", every: "1w", columns: "rsi_14" });
   * ```
   */
  sync(other: S extends "frame" ? DataFrame : Frames, options?: SyncOptions): Result<S>;
}

/** A frame of either kind. */
export type Frames = DataFrame | LazyDataFrame;

/** The `chart` method of `.ta` on frames. */
export interface Charting<S extends FrameSurface> {
  /**
   * Draws the bars as candles, with volume and indicators. The catalog says which pane and shape an
   * indicator gets.
   *
   * Without `indicators` it draws all columns with default names of `.ta`, such as `rsi_14`.
   * Notebooks show the chart; elsewhere use {@link Chart.save}.
   *
   * @returns The chart; for a LazyFrame a promise of it, which collects.
   * @throws TaError if an option or a column is unknown, the frame has no bars or those of several
   * symbols without a `symbol` option, or its times are not in order.
   * @example
   * ```ts
   * import pl from "nodejs-polars";
   * import "nodejs-polars-ta";
   * import { stocks } from "nodejs-polars-ta/data";
   *
   * const bars = pl.readCSV(stocks);
   * const chart = bars.ta.chart({ symbol: "AAPL", last: 250, indicators: ["bbands", "rsi"] });
   * console.log(chart.indicators); // bbands_20_2_2, rsi_14
   * ```
   */
  chart(options?: ChartOptions): S extends "frame" ? Chart : Promise<Chart>;
}

/** The `check` method of `.ta` on frames. */
export interface Checking<S extends FrameSurface> {
  /**
   * Looks for faults in bars that make indicators wrong without an error: times that go back or
   * repeat, gaps in the calendar, values that are null, NaN or infinite, a high below the low, an
   * open or close outside the bar, prices that are zero or negative, negative volume, jumps such as
   * a split causes, and stretches without any change. The check learns the usual step and the
   * sessions from the bars, so that nights, weekends and holidays are no gaps.
   *
   * @returns What was found; for a LazyFrame a promise of it, which collects the columns.
   * @throws TaError if an option or a column is unknown, the times have no known form, or with
   * `strict` if anything is found.
   * @example
   * ```ts
   * import pl from "nodejs-polars";
   * import "nodejs-polars-ta";
   *
   * const bars = pl.readCSV("golden/data/stocks.csv");
   * const report = bars.ta.check({ over: "symbol" });
   * console.log(report.findings.map(({ kind, count }) => `${kind}: ${count}`)); // jumps: 3
   * ```
   */
  check(options?: CheckOptions): S extends "frame" ? CheckReport : Promise<CheckReport>;
}

/** `.ta` of a frame: the indicators, and operations on bars. */
export interface FrameIndicators<S extends FrameSurface>
  extends Indicators<S>,
    BarTransforms<S>,
    BarOperations<S>,
    Checking<S>,
    Charting<S> {}
