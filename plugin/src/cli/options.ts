/** Options that say what to compute. */

import { Option } from "commander";
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

/** What commands say of their inputs. */
export const FILES = "CSV, TSV, Parquet or Arrow IPC files, patterns such as bars/*.parquet, or -";

/** Options of the commands that read files. */
export interface InputFlags {
  readonly format?: string;
  readonly separator?: string;
  readonly nullValue?: string[];
  readonly decimalComma?: boolean;
}

/** The options that say how files are written. */
export const inputOptions: readonly Option[] = [
  new Option("--format <format>", "what the inputs are, where their names do not say; csv for -"),
  new Option("--separator <character>", "what stands between the columns of a CSV file"),
  new Option(
    "--null-value <text>",
    "a text that means a missing value; may be given several times",
  ).argParser((text: string, before: string[] = []) => [...before, text]),
  new Option("--decimal-comma", "numbers are written 1,5"),
];
/** Which columns of the files hold the prices. */
export const columnsOption = new Option(
  "--columns <names>",
  'which column a name stands for: close="Adj Close",volume=vol',
);

/** The options that a pipeline is made from. */
export const featureOptions: readonly Option[] = [
  new Option("--features <file>", "a configuration of features, .yaml or .json"),
  new Option("--indicators <list>", "expressions with commas between them"),
  new Option("--over <columns>", "columns whose values make groups, with commas between them"),
  columnsOption,
  new Option("--missing <mode>", "what a row with a missing input does").choices(missingPolicies),
  new Option("--unnest", "a column for each output of an indicator, instead of a struct"),
  new Option("--allow-lookahead <ids>", "indicators that may use rows of the future"),
];
