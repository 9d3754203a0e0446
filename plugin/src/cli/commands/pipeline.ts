/** `pipeline check`, `pipeline export` and `explain`. */

import type { Command } from "commander";
import { type InputFlags, inputOptions } from "../options.js";

/** Options of `pipeline check`. */
export interface CheckOptions extends InputFlags {
  readonly files?: string[];
  readonly json?: boolean;
}

/** Options of `pipeline export`. */
export interface ExportOptions {
  readonly out: string;
}

/** Adds the commands. */
export function addPipeline(program: Command): void {
  const group = program.command("pipeline").description("work with configurations of features");
  const checking = group
    .command("check")
    .description("check a configuration, and whether files have its columns")
    .argument("<file>", "a configuration, .yaml or .json")
    .option("--files <files...>", "files that must have its columns")
    .option("--json", "print the configuration as JSON, with all parameters");
  for (const option of inputOptions) checking.addOption(option);
  checking.action(async (file: string, options: CheckOptions) => {
    const { check } = await import("../run/pipeline.js");
    await check(file, options);
  });
  group
    .command("export")
    .description("write a configuration as JSON, without defaults, for Node and Python")
    .argument("<file>", "a configuration, or a module whose default export is one or a pipeline")
    .option("--out <file>", "the file to write; - is standard output", "-")
    .action(async (file: string, options: ExportOptions) => {
      const { exportPipeline } = await import("../run/export.js");
      await exportPipeline(file, options);
    });
  program
    .command("explain")
    .description("explain what an indicator or an expression computes")
    .argument("<expression>", "an id or alias, or an expression")
    .action(async (text: string) => {
      const { explain } = await import("../run/pipeline.js");
      console.log(explain(text));
    });
}
