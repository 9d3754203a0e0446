/**
 * The objects of polars that have `.ta`, and the argument and result types of indicators on each.
 */

import type { DataFrame, Expr, LazyDataFrame, Series } from "nodejs-polars";
import type { CommonOptions, Flat, NoText, SurfaceTypes } from "./types.js";

declare module "./types.js" {
  interface Surfaces<Fields extends string> {
    /** An expression, which fills the primary input. */
    expr: ExprSurface<Fields>;
    /** A Series, which fills the primary input. */
    series: SeriesSurface;
    /** A DataFrame. */
    frame: DataFrameSurface<DataFrame>;
    /** A LazyDataFrame. */
    lazy: DataFrameSurface<LazyDataFrame>;
    /** `ta` itself, over columns by their usual names. */
    top: TopSurface<Fields>;
  }
}

/** Indicators that return expressions. */
export interface TopSurface<Fields extends string> extends SurfaceTypes {
  subject: [];
  fills: false;
  input: ColumnInput;
  key: CalendarUnit;
  options: CommonOptions;
  result: [Fields] extends [never] ? Expr : StructExpr<Fields>;
}

/** Indicators on expressions. */
export interface ExprSurface<Fields extends string> extends Omit<TopSurface<Fields>, "fills"> {
  /** The expression fills the primary input. */
  fills: true;
}

/** Indicators on Series. */
export interface SeriesSurface extends SurfaceTypes {
  subject: [];
  fills: true;
  input: SeriesInput;
  key: never;
  options: CommonOptions;
  result: Series;
}

/** Indicators on frames. */
export interface DataFrameSurface<Frame> extends SurfaceTypes {
  subject: [];
  fills: false;
  input: ColumnInput;
  key: CalendarUnit;
  options: FrameOptions;
  result: Frame;
}

/** A struct expression whose fields are known. */
export interface StructExpr<Fields extends string> extends Expr {
  get struct(): Omit<Expr["struct"], "field"> & {
    /** One output of the indicator, as a column. */
    field(name: Fields): Expr;
  };
}

/** An input: a column's name, an expression, or a number for a constant. */
export type ColumnInput = string | Expr | number;

/** An input of an indicator on a Series: another Series, or a number for a constant. */
export type SeriesInput = Series | number;

/**
 * A calendar unit of a Date or Datetime column, for an input that tells sessions apart:
 * rows of the same unit belong together.
 */
export interface CalendarUnit {
  /** The time column. */
  readonly column: string | Expr;
  /** The unit's length, as polars writes durations: `"1d"`, `"1w"`, `"1mo"`, `"4h"`. */
  readonly every: string;
  /**
   * The time zone in which units begin, e.g. `"America/New_York"`. Default: that of the column.
   */
  readonly timeZone?: string;
}

/** Options of indicators on frames. */
export interface FrameOptions extends CommonOptions {
  /** Compute within groups of these columns. */
  readonly over?: ColumnInput | readonly ColumnInput[];
  /** Name of the new column instead of the default one. */
  readonly as?: string;
  /** Turn the fields of a multi-output indicator into columns `<name>_<field>`. Default false. */
  readonly unnest?: boolean;
}

/** The surfaces that hold bars. */
export type FrameSurface = "frame" | "lazy";

/** Parameters and options of an indicator that replaces the prices of bars. */
export type BarTransformOptions<Params = unknown> = Flat<
  Params &
    CommonOptions &
    NoText & {
      /** Compute within groups of these columns. */
      readonly over?: ColumnInput | readonly ColumnInput[];
      /** Column of the opening prices. Default `"open"`. */
      readonly open?: string;
      /** Column of the highest prices. Default `"high"`. */
      readonly high?: string;
      /** Column of the lowest prices. Default `"low"`. */
      readonly low?: string;
      /** Column of the closing prices. Default `"close"`. */
      readonly close?: string;
    }
>;
