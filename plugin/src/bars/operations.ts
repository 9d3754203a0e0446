/** Types of the methods that `.ta` has on frames beside the indicators. */

import type { DataFrame, Expr, LazyDataFrame } from "nodejs-polars";
import type { Chart } from "../chart/chart.js";
import type { ChartOptions } from "../chart/options.js";
import type { CheckOptions } from "../check/options.js";
import type { CheckReport } from "../check/report.js";
import type { FrameSurface } from "../core/surfaces.js";
import type { Result } from "../core/types.js";
import type { Indicators } from "../generated/index.js";
import type { BarTransforms } from "../generated/transforms.js";

/** How rows become bars. */
export interface ResampleOptions {
  /** Make the bars of each group of these columns on their own. */
  readonly over?: string | Expr | readonly (string | Expr)[];
  /** Column of the times, a Date or Datetime. Default: the only one in the frame. */
  readonly time?: string;
  /** Column whose first value opens a bar. Default `"open"`, if there is one. */
  readonly open?: string;
  /** Column of which a bar has the highest value. Default `"high"`, if there is one. */
  readonly high?: string;
  /** Column of which a bar has the lowest value. Default `"low"`, if there is one. */
  readonly low?: string;
  /** Column whose last value closes a bar. Default `"close"`, if there is one. */
  readonly close?: string;
  /** Column that a bar has the sum of. Default `"volume"`, if there is one. */
  readonly volume?: string;
  /** Other columns of the bars, each by an aggregation. */
  readonly agg?: Readonly<Record<string, Expr>>;
  /** Which end of its time belongs to a bar. Default `"left"`. */
  readonly closed?: "left" | "right" | "both" | "none";
  /** What a bar's time is: its start, its end, or that of its first row. Default `"left"`. */
  readonly label?: "left" | "right" | "datapoint";
  /** Where bars start: at whole multiples of their length, at the first row, or on a Monday. Default `"window"`. */
  readonly startBy?: "window" | "datapoint" | "monday";
  /** By how much all starts are moved, such as `"9h30m"`. */
  readonly offset?: string;
}

/** How a higher timeframe comes beside a lower one. */
export interface SyncOptions {
  /** Column of the times in both frames. Default: the only Date or Datetime of the lower one. */
  readonly on?: string;
  /** Columns of the groups in both frames. */
  readonly by?: string | readonly string[];
  /** Length of the higher bars. Default: every bar lasts until the next one of its group. */
  readonly every?: string;
  /** Hold the values until the next bar is closed. If not, only the first row that may know a bar has them. Default true. */
  readonly forwardFill?: boolean;
  /** Columns to add. Default: all but times and groups. */
  readonly columns?: string | readonly string[];
  /** What names get that the lower frame has too. Default `"_right"`. */
  readonly suffix?: string;
}

/** Methods of `.ta` on frames that make and align bars. */
export interface BarOperations<S extends FrameSurface> {
  /**
   * Bars of a longer time: the first open, the highest high, the lowest low, the last close and
   * the sum of the volume, of those columns that there are. Other columns are in the bars if
   * `agg` says how. A time without rows has no bar.
   *
   * The result has the groups, the times and the bars, sorted by group and time.
   *
   * @param every - Length of a bar: `"5m"`, `"1h30m"`, `"1d"`, `"1w"`, `"1mo"`, `"1q"`, `"1y"`.
   * @throws TaError if an option or a column is not known, the times are of another type, null,
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
   * Adds the columns of a higher timeframe to this lower one. A row gets the last bar that is
   * closed at its time, never one that is still open: there is no look-ahead.
   *
   * The times of the higher bars are their starts, as {@link BarOperations.resample} makes them.
   * A bar closes at its start plus `every`; without `every`, at the start of the next bar of its
   * group, and the last bar is not closed. Rows for which no bar is closed have nulls.
   *
   * @param other - The higher timeframe.
   * @throws TaError if an option or a column is not known, the times are of another type or
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

/** The method of `.ta` on frames that draws them. */
export interface Charting<S extends FrameSurface> {
  /**
   * Draws the bars, with every indicator in the pane and the shape that the catalog gives it:
   * candles and overlays, volume, and panes for what has another scale.
   *
   * Without `indicators` it draws all columns that have the names that `.ta` gives, such as
   * `rsi_14`. A chart shows itself in notebooks; elsewhere see {@link Chart.save}.
   *
   * @returns The chart; of a LazyFrame a promise of it, after `collect`.
   * @throws TaError if an option or a column is not known, the frame has no bars, has those of
   *   several symbols and none is chosen, or its times are not in order.
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

/** The method of `.ta` on frames that says what is wrong with them. */
export interface Checking<S extends FrameSurface> {
  /**
   * Looks at the bars for what makes indicators wrong without a word: times that go back or come
   * twice, gaps in the calendar, values that are null, NaN or infinite, high below low, open or
   * close outside of the bar, prices that are zero or negative, negative volume, jumps as at a
   * split, and stretches without any change. The usual step and the sessions are learned from the
   * bars, so that nights, weekends and holidays are no gaps.
   *
   * @returns What was found; of a LazyFrame a promise of it, after the columns are collected.
   * @throws TaError if an option or a column is not known, the times have no known form, or with
   *   `strict` if anything is found.
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

/** What `.ta` is on a frame: the indicators, and operations on its bars. */
export interface FrameIndicators<S extends FrameSurface>
  extends Indicators<S>,
    BarTransforms<S>,
    BarOperations<S>,
    Checking<S>,
    Charting<S> {}
