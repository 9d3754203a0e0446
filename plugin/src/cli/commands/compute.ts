/** `compute`: computes features of files and writes them to a file. */

import type { Command } from "commander";
import {
  type FeatureOptions,
  FILES,
  featureOptions,
  type InputFlags,
  inputOptions,
  timeOption,
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

/** Adds the options of `compute` to a command, except `--out`. */
export function addComputeOptions(command: Command): Command {
  for (const option of [...featureOptions, ...inputOptions]) command.addOption(option);
  return command
    .option(
      "--out-format <format>",
      "format of the output, if its name does not say; default csv for -",
    )
    .option("--keep <columns>", "columns of the files to keep in the output: all, none, or names")
    .addOption(timeOption)
    .option("--no-time", "do not check the order of the rows")
    .option(
      "--time-format <pattern>",
      "how times are written, such as %d/%m/%Y; default: found from all values",
    )
    .option("--sort", "sort by group and time first")
    .option(
      "--memory <amount>",
      "about how much memory to use, such as 512MB; default: half of what is free",
    )
    .option("--progress", "report progress on standard error")
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
      "the file to write: .parquet, .csv, .tsv, .csv.gz, .arrow, or - for standard output",
    );
  addComputeOptions(command)
    .option("--trace", "report the time of each step on standard error")
    .action(async (files: string[], options: ComputeOptions) => {
      // Set before the code that reads it is loaded.
      if (options.trace) process.env.TA_TRACE = "1";
      const { compute } = await import("../run/compute.js");
      await compute(files, options);
    });
}
