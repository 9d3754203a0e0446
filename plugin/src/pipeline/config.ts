/**
 * The configuration of a pipeline, and its checks. `npm run gen` makes the JSON Schema from these
 * types and their tags.
 */

import { describe, isOptions } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import {
  type Allowed,
  ANY,
  byName,
  COLUMNS,
  checkOptions,
  FLAG,
  MISSING,
  NAMES,
  type OptionTypes,
  TEXT,
} from "../core/options.js";
import type { Missing } from "../core/types.js";
import type { ExprOptions } from "./expr.js";
import type { ApplyOptions } from "./pipeline.js";

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

/** An expression as a feature: `{ expr: "close / sma(200) - 1", as: "trend" }`. */
export interface ExpressionFeature {
  /** The expression, as in `docs/pipelines.md`. */
  readonly expr: Expression;
  /** Name of the column. Default: that of the indicator, or the expression itself. */
  readonly as?: Name;
}

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
  /** The library that wrote the configuration; `toJSON` sets it. */
  readonly writtenBy?: WrittenBy;
  /** Address of the JSON Schema, for editors. Ignored here. */
  readonly $schema?: string;
}

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

const isString = (value: unknown): value is string => typeof value === "string";
const [, isName] = TEXT;
const isValue = (value: unknown): boolean =>
  isString(value) || typeof value === "boolean" || Number.isFinite(value);

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

const PIPELINE: OptionTypes<PipelineConfig> = {
  features: [
    "a list with at least one feature",
    (value) => Array.isArray(value) && value.length > 0,
  ],
  over: COLUMNS,
  time: TIME,
  timeFormat: TIME_FORMAT,
  inputs: INPUTS,
  missing: MISSING,
  unnest: FLAG,
  keep: KEEP,
  allowLookahead: ALLOWED,
  writtenBy: ANY,
  $schema: TEXT,
};

/** The names of the options of a pipeline. */
export const PIPELINE_NAMES: readonly string[] = Object.keys(PIPELINE);

const EXPRESSION: OptionTypes<ExpressionFeature> = { expr: TEXT, as: TEXT };

const INDICATOR: OptionTypes<IndicatorFeature> = {
  id: TEXT,
  params: byName("an object of values, or lists of values, by name", (value) =>
    Array.isArray(value) ? value.length > 0 && value.every(isValue) : isValue(value),
  ),
  inputs: INPUTS,
  output: TEXT,
  missing: MISSING,
  as: TEXT,
};

/** {@link checkWriter} checks the values. */
const WRITTEN_BY: OptionTypes<WrittenBy> = {
  library: ANY,
  version: ANY,
  contractVersion: ANY,
};

/** Options of `ta.expr`. */
export const EXPR_OPTIONS: OptionTypes<ExprOptions> = {
  inputs: INPUTS,
  missing: MISSING,
  allowLookahead: ALLOWED,
};

/** Options of a pipeline's `apply` and `tail`. */
export const APPLY_OPTIONS: OptionTypes<ApplyOptions> = { keep: KEEP };

/** A value for a message; as JSON if it is short. */
function shown(value: unknown): string {
  const json = typeof value === "object" ? inJson(value) : undefined;
  return json !== undefined && json.length <= 60 ? json : describe(value);
}

/** Undefined for what JSON cannot hold: bigints, and objects that contain themselves. */
function inJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Checks the keys of a configuration and the types of their values. */
export function checkConfig(config: unknown): PipelineConfig {
  const where = "pipeline";
  const object = "the configuration";
  const required = ["features"];
  const checked = checkOptions<PipelineConfig>(where, config, PIPELINE, {
    object,
    required,
    shown,
  });
  checked.features.forEach((feature, index) => {
    checkFeature(`features[${index}]`, feature);
  });
  return checked;
}

function checkFeature(where: string, feature: unknown): void {
  if (isString(feature)) return;
  if (!isOptions(feature)) {
    throw new TaError(`${where} must be a string or an object, got ${describe(feature)}`);
  }
  const { id, expr } = feature;
  if ((id === undefined) === (expr === undefined)) {
    const both = id === undefined ? "neither" : "both";
    throw new TaError(`${where} must have either id or expr, it has ${both}`);
  }
  if (id === undefined) checkOptions(where, feature, EXPRESSION, { shown });
  else checkOptions(where, feature, INDICATOR, { shown });
}

/** Throws if another library or a newer version wrote the configuration. */
export function checkWriter(value: unknown, own: WrittenBy): void {
  if (value === undefined) return;
  const where = "pipeline: writtenBy";
  if (!isOptions(value)) throw new TaError(`${where} must be an object, got ${describe(value)}`);
  const { library, version, contractVersion } = checkOptions<Partial<WrittenBy>>(
    where,
    value,
    WRITTEN_BY,
  );
  if (library !== own.library) {
    throw new TaError(`${where}: this is ${own.library}, not ${shown(library)}`);
  }
  if (contractVersion !== own.contractVersion) {
    throw new TaError(
      `${where}: the file follows version ${shown(contractVersion)} of the catalog's contract, this library has version ${own.contractVersion}`,
    );
  }
  if (!isString(version) || !VERSION.test(version)) {
    throw new TaError(`${where}: version must be such as "${own.version}", got ${shown(version)}`);
  }
  if (isNewer(version, own.version)) {
    throw new TaError(
      `${where}: the file was written by version ${version}, which is newer than this one, ${own.version}; update ${own.library}`,
    );
  }
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)/;

function isNewer(version: string, own: string): boolean {
  const [a, b] = [version, own].map((text) => VERSION.exec(text)?.slice(1).map(Number) ?? []);
  const differs = a?.findIndex((part, index) => part !== b?.[index]) ?? -1;
  return differs >= 0 && (a?.[differs] ?? 0) > (b?.[differs] ?? 0);
}
