/** Makes pipelines from the options of a command. */

// Registers .ta.
import "../api/ta.js";
import { columnText, textsIn } from "../language/ask.js";
import type { Keep, PipelineConfig } from "../pipeline/config.js";
import { isConfig, loadConfig, shippedNames } from "../pipeline/load.js";
import { type Pipeline, pipeline } from "../pipeline/pipeline.js";
import type { FeatureOptions } from "./options.js";
import { asUsage, UsageError } from "./text.js";

/** The pipeline of some options. */
export function pipelineOf(options: FeatureOptions): Pipeline {
  return asUsage(() => pipeline(configOf(options)));
}

/** The configuration of some options. Options other than `--features` override the file. */
export function configOf(options: FeatureOptions): PipelineConfig {
  const { features, indicators, over, columns, missing, unnest, allowLookahead } = options;
  if ((features === undefined) === (indicators === undefined)) {
    throw new UsageError("give either --features, a file, or --indicators, a list");
  }
  if (features !== undefined && !isConfig(features)) {
    throw new UsageError(
      `--features takes a .json, .yaml or .yml file, or ${shippedNames().join(", ")}, got "${features}"; expressions are for --indicators`,
    );
  }
  const config =
    features === undefined
      ? { features: textsIn(indicators ?? "") }
      : (loadConfig(features) as PipelineConfig);
  return {
    ...config,
    ...(over !== undefined && { over: names(over) }),
    ...(columns !== undefined && { inputs: { ...config.inputs, ...inputsOf(columns) } }),
    ...(missing !== undefined && { missing: missing as NonNullable<PipelineConfig["missing"]> }),
    ...(unnest !== undefined && { unnest }),
    ...(allowLookahead !== undefined && { allowLookahead: names(allowLookahead) }),
  };
}

/** Splits names at commas. */
export function names(text: string): string[] {
  const found = text.split(",").map((name) => name.trim());
  if (found.every((name) => name !== "")) return found;
  throw new UsageError(`"${text}" must be names, separated by commas`);
}

/** The columns to keep: `all`, `none`, or names. */
export function keepOf(text: string | undefined): Keep | undefined {
  return text === undefined || text === "all" || text === "none" ? text : names(text);
}

/** A usual name and its column; the column may be in quotes, and have commas then. */
const COLUMN = /\s*(\w+)\s*=\s*(?:"([^"]+)"|([^",\s](?:[^,]*[^,\s])?))\s*(,|$)/y;

/** Parses the columns that usual names stand for: `close="Adj Close",volume=vol`. */
export function columnsIn(text: string): Record<string, string> {
  const columns: Record<string, string> = {};
  let end: string | undefined;
  for (COLUMN.lastIndex = 0; end !== ""; ) {
    const [, name = "", quoted, plain = "", after] = COLUMN.exec(text) ?? [];
    if (after === undefined) {
      throw new UsageError(`--columns takes name=column, separated by commas, got "${text}"`);
    }
    columns[name] = quoted ?? plain;
    end = after;
  }
  return columns;
}

/** The same, with each column as an expression of the language. */
function inputsOf(text: string): Record<string, string> {
  const columns = Object.entries(columnsIn(text));
  return Object.fromEntries(columns.map(([name, column]) => [name, columnText(column)]));
}
