/** `check`: finds faults in bars of files. */

import type { Command } from "commander";
import { columnsOption, FILES, type InputFlags, inputOptions, timeOption } from "../options.js";

/** Options of `check`. */
export interface CheckCommandOptions extends InputFlags {
  readonly over?: string;
  readonly time?: string;
  readonly timeFormat?: string;
  readonly columns?: string;
  readonly ignore?: string;
  readonly places?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** Adds the command. */
export function addCheck(program: Command): void {
  const command = program
    .command("check")
    .description("find faults in bars in files")
    .argument("<files...>", FILES)
    .option("--over <columns>", "columns of the groups, such as symbol, separated by commas")
    .addOption(timeOption)
    .option("--time-format <pattern>", "how times are written, such as %d/%m/%Y")
    .addOption(columnsOption)
    .option("--ignore <kinds>", "kinds of findings to leave out, separated by commas")
    .option("--places <count>", "how many places of each finding to print; default 3")
    .option("--strict", "fail if anything is found")
    .option("--json", "print the report as JSON");
  for (const option of inputOptions) command.addOption(option);
  command.action(async (files: string[], options: CheckCommandOptions) => {
    const { checkFiles } = await import("../run/check.js");
    process.exitCode = await checkFiles(files, options);
  });
}
