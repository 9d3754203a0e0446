/** Options that say what to compute. */

import { Option } from "commander";

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
  new Option("--missing <mode>", "what a row with a missing input does").choices([
    "skip",
    "propagate",
    "error",
  ]),
  new Option("--unnest", "a column for each output of an indicator, instead of a struct"),
  new Option("--allow-lookahead <ids>", "indicators that may use rows of the future"),
];
