/** Types that the generated interfaces are written in. */

import type { DataFrame, Expr, LazyDataFrame, Series } from "nodejs-polars";

/** Where a `.ta` namespace hangs: on an expression, a Series, a frame, or on `ta` itself. */
export type Surface = "expr" | "series" | "frame" | "lazy" | "top";

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
  /** Whose clocks the units begin by, e.g. `"America/New_York"`; else those of the column. */
  readonly timeZone?: string;
}

/** What an input slot takes. */
export type Input<S extends Surface> = S extends "series" ? SeriesInput : ColumnInput;

/** What rows with a missing input do; see `docs/semantics.md`. */
export type Missing = "skip" | "propagate" | "error";

/** Options of every indicator. */
export interface CommonOptions {
  /** What a row with a null, NaN or infinite input does. Default `"skip"`. */
  readonly missing?: Missing;
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
export type FrameSurface = Extract<Surface, "frame" | "lazy">;

/** Parameters and options of an indicator that takes the place of the prices. */
export type BarTransformOptions<Params = unknown> = Flat<
  Params &
    CommonOptions & {
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

/** Options that every indicator has on a surface. */
export type Common<S extends Surface> = S extends "frame" | "lazy" ? FrameOptions : CommonOptions;

/** The input that what stands before `.ta` fills. */
export type Filled<S extends Surface, Primary extends string> = S extends "expr" | "series"
  ? Primary
  : never;

/** Parameters, inputs and common options of one indicator on one surface. */
export type Options<
  S extends Surface,
  Params,
  Primary extends string,
  Optional extends string,
  Required extends string = never,
  Keys extends string = never,
> = Flat<
  Params & { readonly [K in Exclude<Optional, Filled<S, Primary>>]?: Slot<S, K, Keys> } & {
    readonly [K in Exclude<Required, Filled<S, Primary>>]: Slot<S, K, Keys>;
  } & Common<S>
>;

/** What the input slot `K` takes when the slots `Keys` tell sessions apart. */
export type Slot<S extends Surface, K, Keys> =
  | Input<S>
  | (S extends "series" ? never : K extends Keys ? CalendarUnit : never);

/** One object type: TypeScript lets a string or a number pass for an intersection of optional properties. */
export type Flat<T> = { [K in keyof T]: T[K] };

/** What a method returns: an expression, a Series, or the frame with the column added. */
export type Result<S extends Surface, Fields extends string = never> = S extends "series"
  ? Series
  : S extends "frame"
    ? DataFrame
    : S extends "lazy"
      ? LazyDataFrame
      : [Fields] extends [never]
        ? Expr
        : StructExpr<Fields>;

/** Positional inputs that an indicator cannot do without, before its parameters. */
export type Positional<
  S extends Surface,
  Primary extends string,
  Slots extends readonly string[],
> = Slots extends readonly [infer Head extends string, ...infer Tail extends string[]]
  ? Head extends Filled<S, Primary>
    ? Positional<S, Primary, Tail>
    : [input: Input<S>, ...Positional<S, Primary, Tail>]
  : [];

/** Parameters by position, as many as wanted, and then options by name. */
export type Arguments<Params extends readonly unknown[], Named> = Params extends readonly [
  ...infer Fewer,
  unknown,
]
  ? [...Params, options?: Named] | Arguments<Fewer, Named>
  : [options?: Named];
