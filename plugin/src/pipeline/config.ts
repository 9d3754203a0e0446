/**
 * The configuration of a pipeline. `npm run gen` makes the JSON Schema from these types and their
 * tags; the addon checks configurations.
 */

import { type Allowed, byName, MISSING, NAMES, type OptionTypes, TEXT } from "../core/options.js";
import type { Missing } from "../core/types.js";
import type { ExprOptions } from "./expr.js";

/**
 * A name.
 *
 * @minLength 1
 */
type Name = string;

/**
 * An expression, such as `rsi(14)` or `close / sma(200) - 1`.
 *
 * @minLength 1
 * @maxLength 10000
 */
type Expression = string;

/** The columns of the frame to keep besides the features. */
export type Keep = "all" | "none" | readonly Name[];

/** The value of a parameter. */
export type ParameterValue = number | string | boolean;

/**
 * Several values; each makes a column.
 *
 * @minItems 1
 */
type ParameterValues = readonly ParameterValue[];

/** Parameters by name. */
type Parameters = Readonly<Record<string, ParameterValue | ParameterValues>>;

/** Inputs by name. */
type Inputs = Readonly<Record<string, Expression | number>>;

/**
 * An expression as a feature: `{ expr: "close / sma(200) - 1", as: "trend" }`, or several that
 * differ in values: `{ expr: "close / sma({n}) - 1", as: "trend_{n}", params: { n: [20, 200] } }`.
 */
export interface ExpressionFeature {
  /** The expression, as in `docs/pipelines.md`. */
  readonly expr: Expression;
  /** Values for the names in braces in `expr`. Lists make one column for each combination. */
  readonly params?: Parameters;
  /**
   * Name of the column; `{n}` in it is replaced as in `expr`. Default: that of the indicator, or the
   * expression itself.
   */
  readonly as?: Name;
}

/** An indicator as a feature: `{ id: "ema", params: { period: [5, 10, 20] } }`. */
export interface IndicatorFeature {
  /** Id or alias of the indicator. */
  readonly id: Name;
  /** Parameters by name. Lists of values make one column for each combination. */
  readonly params?: Parameters;
  /** Inputs by name, as expressions: `{ series: "(high + low) / 2" }`. */
  readonly inputs?: Inputs;
  /** What a row with a missing input does. Default: as the pipeline says. */
  readonly missing?: Missing;
  /** One output of an indicator that has several. */
  readonly output?: Name;
  /** Name of the column; `{period}` in it is replaced by the value of that parameter. */
  readonly as?: Name;
}

/** A feature: an expression, or one of two kinds of objects. */
export type FeatureConfig = Expression | ExpressionFeature | IndicatorFeature;

/**
 * One or more names.
 *
 * @minItems 1
 */
type Names = readonly Name[];

/** The configuration of a pipeline: the argument of `ta.pipeline`, or the content of its file. */
export interface PipelineConfig {
  /**
   * Expressions that bare names stand for: `{ close: "adj_close" }`. Default: columns of that name.
   */
  readonly inputs?: Inputs;
  /** Columns of the groups; every feature is computed within groups. */
  readonly over?: Name | Names;
  /**
   * The column of the times, whose order within each group is checked; `false` skips the check.
   * Default: the column named datetime, timestamp, time or date, else the only column of dates or
   * times.
   */
  readonly time?: Name | false;
  /**
   * How times in text or digits are written, as a strftime pattern: `"%d/%m/%Y"`. Default: found
   * from all values.
   *
   * @pattern %
   */
  readonly timeFormat?: string;
  /** What rows with a missing input do. Default `"skip"`. */
  readonly missing?: Missing;
  /**
   * Make a column `<name>_<output>` for every output, instead of one struct column. Default false.
   */
  readonly unnest?: boolean;
  /** Columns of the frame to keep in the result. Default `"all"`. */
  readonly keep?: Keep;
  /** Ids of indicators that may use later rows. */
  readonly allowLookahead?: readonly Name[];
  /**
   * The features to compute, in the order of their columns.
   *
   * @minItems 1
   */
  readonly features: readonly FeatureConfig[];
  /**
   * Labels for training: indicators of the category `label`, or expressions of one. They use later
   * rows, and `apply` adds them only with `labels: true`.
   *
   * @minItems 1
   */
  readonly labels?: readonly FeatureConfig[];
  /** The library that wrote the configuration; `toJSON` sets it. */
  readonly writtenBy?: WrittenBy;
  /** Address of the JSON Schema, for editors. Ignored here. */
  readonly $schema?: string;
}

/** Keys that count instead of those of a configuration that a file or the package has. */
export type PipelineOptions = Partial<Omit<PipelineConfig, "writtenBy" | "$schema">>;

/** The library that wrote a configuration. */
export interface WrittenBy {
  /**
   * Always `nodejs-polars-ta`.
   *
   * @const "nodejs-polars-ta"
   */
  readonly library: string;
  /**
   * Version of the library.
   *
   * @pattern ^\d+\.\d+\.\d+
   */
  readonly version: string;
  /**
   * Version of the catalog's contract, which fixes the names in expressions.
   *
   * @asType integer
   * @minimum 1
   */
  readonly contractVersion: number;
}

const [, isName] = TEXT;

const INPUTS = byName(
  "an object of expressions by name",
  (value) => isName(value) || Number.isFinite(value),
);

/** See {@link Keep}. */
export const KEEP: Allowed = [
  '"all", "none" or a list of columns',
  (value) => value === "all" || value === "none" || NAMES[1](value),
];
/** The column of the times, or none. */
export const TIME: Allowed = ["a column, or false", (value) => value === false || isName(value)];
/** How times are written. */
export const TIME_FORMAT: Allowed = [
  'a pattern of strftime, such as "%d/%m/%Y"',
  (value) => isName(value) && String(value).includes("%"),
];
const ALLOWED: Allowed = ["a list of indicators", NAMES[1]];

/** Every option of a pipeline. The addon checks the values (`crates/ta-language`). */
const PIPELINE: Readonly<Record<keyof PipelineConfig, true>> = {
  features: true,
  labels: true,
  over: true,
  time: true,
  timeFormat: true,
  inputs: true,
  missing: true,
  unnest: true,
  keep: true,
  allowLookahead: true,
  writtenBy: true,
  $schema: true,
};

/** The names of the options of a pipeline. */
export const PIPELINE_NAMES: readonly string[] = Object.keys(PIPELINE);

/** Options of `ta.expr`. */
export const EXPR_OPTIONS: OptionTypes<ExprOptions> = {
  inputs: INPUTS,
  missing: MISSING,
  allowLookahead: ALLOWED,
};
