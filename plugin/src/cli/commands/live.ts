/** `live`: computes the features of bars as they come, one row for each. */

import type { Command } from "commander";
import { type FeatureOptions, featureOptions, type InputFlags, inputOptions } from "../options.js";

/** Options of `live`. */
export interface LiveCommandOptions extends FeatureOptions, InputFlags {
  readonly warm?: string;
  readonly sort?: boolean;
  readonly state?: string;
  readonly every?: string;
  readonly time?: string | false;
  readonly timeFormat?: string;
  readonly replace?: boolean;
  readonly amend?: string;
  readonly unknownKeys?: string;
  readonly keep?: string;
  readonly skipErrors?: boolean;
  readonly quiet?: boolean;
}

/** Adds the command. */
export function addLive(program: Command): void {
  const command = program
    .command("live")
    .description("compute features of bars as they come, and write a row for each")
    .argument("[file]", "bars, each a JSON object in a line; - is standard input", "-");
  for (const option of featureOptions) command.addOption(option);
  command
    .option("--warm <file>", "bars of the past to begin with, a file or a pattern")
    .option("--sort", "sort the bars of --warm by group and time first")
    .option("--state <file>", "where the state is kept: read at the start, written at the end")
    .option(
      "--every <amount>",
      "also write the state after so many bars, or every so many seconds, such as 10s; default 10s",
    )
    .option("--time <column>", "the field of the times, which must go forward for each key")
    .option("--no-time", "bars have no times")
    .option("--time-format <pattern>", "how times are written in the file of --warm")
    .option("--replace", "a bar with the time of the newest one of its key replaces it")
    .option("--amend <count>", "how many bars before the newest can be replaced, too")
    .option("--unknown-keys <mode>", "what a bar of a new key does: add, the default, or error")
    .option(
      "--keep <fields>",
      "fields of the bar in its row: all, none or names; default: key and time",
    )
    .option("--skip-errors", "report lines with errors and go on")
    .option("--quiet", "no notices and no summary");
  for (const option of inputOptions) command.addOption(option);
  command.action(async (file: string, options: LiveCommandOptions) => {
    const { live } = await import("../run/live.js");
    await live(file, options);
  });
}
