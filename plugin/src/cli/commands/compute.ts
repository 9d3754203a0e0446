/** `compute`: features of files into a file. */

import type { Command } from "commander";
import {
  type FeatureOptions,
  FILES,
  featureOptions,
  type InputFlags,
  inputOptions,
} from "../options.js";

/** Options of `compute`. */
export interface ComputeOptions extends FeatureOptions, InputFlags {
  readonly out: string;
  readonly outFormat?: string;
  readonly keep?: string;
  readonly time?: string | false;
  readonly timeFormat?: string;
  readonly sort?: boolean;
  readonly memory?: string;
  readonly progress?: boolean;
  readonly trace?: boolean;
  readonly quiet?: boolean;
}

/** Gives a command the options of `compute`, but for `--out`. */
export function addComputeOptions(command: Command): Command {
  for (const option of [...featureOptions, ...inputOptions]) command.addOption(option);
  return command
    .option("--out-format <format>", "what the output is, where its name does not say; csv for -")
    .option("--keep <columns>", "columns that stay in the output: all, none, or names")
    .option("--time <column>", "the column with the times, which must go forward in each group")
    .option("--no-time", "take the rows as they are, whatever their times")
    .option(
      "--time-format <pattern>",
      "how times are written, such as %d/%m/%Y; default told from all",
    )
    .option("--sort", "sort by group and time first")
    .option("--memory <amount>", "what may be used, such as 512MB; default half of what is free")
    .option("--progress", "say on standard error how far it is")
    .option("--quiet", "no notices and no summary");
}

/** Adds the command. */
export function addCompute(program: Command): void {
  const command = program
    .command("compute")
    .description("compute features of bars in files, and write them to a file")
    .argument("<files...>", FILES)
    .requiredOption(
      "--out <file>",
      "where the features go: .parquet, .csv, .tsv, .csv.gz, .arrow, or -",
    );
  addComputeOptions(command)
    .option("--trace", "say on standard error where the milliseconds go")
    .action(async (files: string[], options: ComputeOptions) => {
      // What needs polars is loaded for it alone, and reads this when it is.
      if (options.trace) process.env.TA_TRACE = "1";
      const { compute } = await import("../run/compute.js");
      await compute(files, options);
    });
}
