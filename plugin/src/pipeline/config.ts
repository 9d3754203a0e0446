/** What a pipeline is made from, and the sentences for what cannot be one. */

import { addon } from "../addon.js";
import { describe, isOptions } from "../arguments.js";
import { TaError } from "../errors.js";
import type { Missing } from "../types.js";

/** Which columns of the frame are in the result beside the features. */
export type Keep = "all" | "none" | readonly string[];

/** An expression as a feature: `{ expr: "close / sma(200) - 1", as: "trend" }`. */
export interface ExpressionFeature {
  /** The expression, as in `docs/pipelines.md`. */
  readonly expr: string;
  /** Name of the column. Default: that of the indicator, or the expression itself. */
  readonly as?: string;
}

/** The value of a parameter, or several of them for one column each. */
export type ParameterValue = number | string | boolean;

/** An indicator as a feature: `{ id: "ema", params: { period: [5, 10, 20] } }`. */
export interface IndicatorFeature {
  /** Id or alias of the indicator. */
  readonly id: string;
  /** Parameters by name. Lists of values make one column for each combination. */
  readonly params?: Readonly<Record<string, ParameterValue | readonly ParameterValue[]>>;
  /** Inputs by name, as expressions: `{ series: "(high + low) / 2" }`. */
  readonly inputs?: Readonly<Record<string, string | number>>;
  /** What a row with a missing input does; default is what the pipeline says. */
  readonly missing?: Missing;
  /** One output of an indicator that has several. */
  readonly output?: string;
  /** Name of the column; `{period}` in it stands for the value of that parameter. */
  readonly as?: string;
}

/** A feature: a text of the expression language, or one of two kinds of objects. */
export type FeatureConfig = string | ExpressionFeature | IndicatorFeature;

/** A pipeline as data: the argument of `ta.pipeline`, or what its file holds. */
export interface PipelineConfig {
  /** What bare names mean, as expressions: `{ close: "adj_close" }`. Default: columns of that name. */
  readonly inputs?: Readonly<Record<string, string | number>>;
  /** Columns whose values make groups; every feature is computed within them. */
  readonly over?: string | readonly string[];
  /**
   * The column with the times, whose order within each group is checked; `false` takes the
   * rows as they are. Default: the column called datetime, timestamp, time or date, or else the
   * only one that holds dates or times.
   */
  readonly time?: string | false;
  /** How its texts or digits are written, as a pattern of strftime: `"%d/%m/%Y"`. Default: told from all of them. */
  readonly timeFormat?: string;
  /** What rows with a missing input do. Default `"skip"`. */
  readonly missing?: Missing;
  /** Make a column `<name>_<output>` of every output, instead of one struct column. Default false. */
  readonly unnest?: boolean;
  /** Columns of the frame that stay in the result. Default `"all"`. */
  readonly keep?: Keep;
  /** Ids of indicators that may use rows of the future. */
  readonly allowLookahead?: readonly string[];
  /** What to compute, in the order of the columns. */
  readonly features: readonly FeatureConfig[];
  /** What wrote the configuration, in the output of `toJSON`. */
  readonly writtenBy?: WrittenBy;
  /** Where the JSON Schema is, for editors; it has no meaning here. */
  readonly $schema?: string;
}

/** The library that wrote a configuration. */
export interface WrittenBy {
  /** Always `nodejs-polars-ta`. */
  readonly library: string;
  /** Version of the library. */
  readonly version: string;
  /** Version of the catalog's contract, which fixes the names in expressions. */
  readonly contractVersion: number;
}

const KEYS = {
  pipeline: [
    ...["features", "over", "time", "timeFormat", "inputs", "missing", "unnest", "keep"],
    ...["allowLookahead", "writtenBy", "$schema"],
  ],
  expression: ["expr", "as"],
  indicator: ["id", "params", "inputs", "output", "missing", "as"],
  writtenBy: ["library", "version", "contractVersion"],
} as const;

/** Refuses keys that are not known, with the nearest one. */
function checkKeys(where: string, value: object, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const hint = addon.hint(key, [...known]);
    throw new TaError(`${where}: unknown key "${key}"${hint}; it takes ${known.join(", ")}`);
  }
}

type Test = readonly [allowed: string, test: (value: unknown) => boolean];

const isString = (value: unknown): value is string => typeof value === "string";
const isName = (value: unknown): boolean => isString(value) && value !== "";
const isNames = (value: unknown): boolean => Array.isArray(value) && value.every(isName);
const isValue = (value: unknown): boolean =>
  isString(value) || typeof value === "boolean" || Number.isFinite(value);
const byName = (test: (value: unknown) => boolean) => (value: unknown) =>
  isOptions(value) && Object.values(value).every(test);

const TEXT: Test = ["a string that is not empty", isName];
const INPUTS: Test = [
  "an object of expressions by name",
  byName((value) => isName(value) || Number.isFinite(value)),
];
const MISSING: Test = [
  '"skip", "propagate" or "error"',
  (value) => isString(value) && ["skip", "propagate", "error"].includes(value),
];

const TESTS: Readonly<Record<string, Test>> = {
  inputs: INPUTS,
  missing: MISSING,
  $schema: TEXT,
  id: TEXT,
  expr: TEXT,
  as: TEXT,
  output: TEXT,
  over: [
    "a column or a list of columns",
    (value) => isName(value) || (isNames(value) && (value as unknown[]).length > 0),
  ],
  time: ["a column, or false", (value) => value === false || isName(value)],
  timeFormat: [
    'a pattern of strftime, such as "%d/%m/%Y"',
    (value) => isName(value) && String(value).includes("%"),
  ],
  unnest: ["true or false", (value) => typeof value === "boolean"],
  keep: [
    '"all", "none" or a list of columns',
    (value) => value === "all" || value === "none" || isNames(value),
  ],
  allowLookahead: ["a list of indicators", isNames],
  features: [
    "a list with at least one feature",
    (value) => Array.isArray(value) && value.length > 0,
  ],
  params: [
    "an object of values, or lists of values, by name",
    byName((value) =>
      Array.isArray(value) ? value.length > 0 && value.every(isValue) : isValue(value),
    ),
  ],
};

/** Refuses values that a key does not take. */
export function checkValues(where: string, value: Readonly<Record<string, unknown>>): void {
  for (const [key, inner] of Object.entries(value)) checkValue(where, key, inner);
}

/** Refuses a value that a key does not take; what is not given is not looked at. */
function checkValue(where: string, key: string, value: unknown): void {
  const test = TESTS[key];
  if (test === undefined || value === undefined || test[1](value)) return;
  throw new TaError(`${where}: ${key} must be ${test[0]}, got ${shown(value)}`);
}

/** A value for a sentence; short ones as JSON. */
function shown(value: unknown): string {
  const json = typeof value === "object" ? JSON.stringify(value) : undefined;
  return json !== undefined && json.length <= 60 ? json : describe(value);
}

/** A configuration with known keys and values of the right types. */
export function checkConfig(config: unknown): PipelineConfig {
  const where = "pipeline";
  if (!isOptions(config)) {
    throw new TaError(`${where}: the configuration must be an object, got ${describe(config)}`);
  }
  checkKeys(where, config, KEYS.pipeline);
  if (config.features === undefined) throw new TaError(`${where}: features is missing`);
  checkValues(where, config);
  (config.features as unknown[]).forEach((feature, index) => {
    checkFeature(`features[${index}]`, feature);
  });
  return config as unknown as PipelineConfig;
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
  checkKeys(where, feature, id === undefined ? KEYS.expression : KEYS.indicator);
  checkValues(where, feature);
}

/** Refuses a configuration that this version of the library may not compute as it was meant. */
export function checkWriter(value: unknown, own: WrittenBy): void {
  if (value === undefined) return;
  const where = "pipeline: writtenBy";
  if (!isOptions(value)) throw new TaError(`${where} must be an object, got ${describe(value)}`);
  checkKeys(where, value, KEYS.writtenBy);
  const { library, version, contractVersion } = value;
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
