/** Options that several commands share. */

import { Option } from "commander";
import type { TimeColumns } from "../files/both.js";
import { missingPolicies } from "../generated/options.js";

/** Options of the commands that compute. */
export interface FeatureOptions {
  readonly features?: string;
  readonly indicators?: string;
  readonly over?: string;
  readonly columns?: string;
  readonly missing?: string;
  readonly unnest?: boolean;
  readonly allowLookahead?: string;
}

/** The description of the argument for inputs. */
export const FILES = "CSV, TSV, Parquet or Arrow IPC files, patterns such as bars/*.parquet, or -";

/** Options of the commands that read files. */
export interface InputFlags {
  readonly format?: string;
  readonly separator?: string;
  readonly nullValue?: string[];
  readonly decimalComma?: boolean;
  readonly thousands?: string;
  readonly header?: string;
  readonly skipLines?: string;
}

/** The options that describe input files. */
export const inputOptions: readonly Option[] = [
  new Option(
    "--format <format>",
    "format of the inputs, if their names do not say; default csv for -",
  ),
  new Option("--separator <character>", "the character between columns of a CSV file"),
  new Option("--null-value <text>", "a text that means a missing value; can be repeated").argParser(
    (text: string, before: string[] = []) => [...before, text],
  ),
  new Option("--decimal-comma", "numbers are written 1,5"),
  new Option("--thousands <character>", "the character between thousands: , for 1,234.5"),
  new Option("--header <names>", "names of the columns, for files that begin with values"),
  new Option("--skip-lines <count>", "lines to leave out at the beginning of each file"),
];

/** The option that says which column has the times. */
export const timeOption = new Option(
  "--time <columns>",
  "the column of the times, or date,time: those of dates and times of day",
);

/** The column of the times in files, or two: the dates and the times of day. */
export const timesOf = (text: string): TimeColumns => {
  const [date = text, time, ...more] = text.split(",");
  return time !== undefined && more.length === 0 ? [date.trim(), time.trim()] : text;
};

/** The option that says which columns have the prices. */
export const columnsOption = new Option(
  "--columns <names>",
  'columns of the usual names: close="Adj Close",volume=vol',
);

/** The options from which a pipeline is made. */
export const featureOptions: readonly Option[] = [
  new Option(
    "--features <file>",
    "a configuration of features, .yaml or .json, or the name of one",
  ),
  new Option("--indicators <list>", "expressions, separated by commas"),
  new Option("--over <columns>", "columns of the groups, such as symbol, separated by commas"),
  columnsOption,
  new Option("--missing <mode>", "what a row with a missing input does").choices(missingPolicies),
  new Option("--unnest", "write one column per output of an indicator, instead of a struct"),
  new Option("--allow-lookahead <ids>", "indicators that may use later rows"),
];
