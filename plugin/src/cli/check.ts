/** `check`: what is wrong with bars in files. */

import type { Command } from "commander";

/** Options of `check`. */
export interface CheckCommandOptions {
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
  program
    .command("check")
    .description("say what is wrong with bars in files")
    .argument("<files...>", "CSV, Parquet or Arrow IPC files, or patterns such as bars/*.parquet")
    .option("--over <columns>", "columns that tell series apart, with commas between them")
    .option("--time <column>", "the column with the times")
    .option("--time-format <pattern>", "how times are written, such as %d/%m/%Y")
    .option("--columns <names>", "what columns are: close=adj_close,volume=vol")
    .option("--ignore <kinds>", "findings that are not looked for, with commas between them")
    .option("--places <count>", "how many places of each finding are kept, from the first")
    .option("--strict", "fail if anything is found")
    .option("--json", "print the report as JSON")
    .action(async (files: string[], options: CheckCommandOptions) => {
      const { checkFiles } = await import("./reporting.js");
      process.exitCode = await checkFiles(files, options);
    });
}
