/** `check`: what is wrong with bars in files. */

import type { Command } from "commander";
import { columnsOption, FILES, type InputFlags, inputOptions } from "../options.js";

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
    .description("say what is wrong with bars in files")
    .argument("<files...>", FILES)
    .option("--over <columns>", "columns that tell series apart, with commas between them")
    .option("--time <column>", "the column with the times")
    .option("--time-format <pattern>", "how times are written, such as %d/%m/%Y")
    .addOption(columnsOption)
    .option("--ignore <kinds>", "findings that are not looked for, with commas between them")
    .option("--places <count>", "how many places of each finding are kept, from the first")
    .option("--strict", "fail if anything is found")
    .option("--json", "print the report as JSON");
  for (const option of inputOptions) command.addOption(option);
  command.action(async (files: string[], options: CheckCommandOptions) => {
    const { checkFiles } = await import("../run/check.js");
    process.exitCode = await checkFiles(files, options);
  });
}
