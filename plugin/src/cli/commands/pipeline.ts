/** `pipeline check` and `explain`: checks a configuration, explains an expression. */

import type { Command } from "commander";
import { type InputFlags, inputOptions } from "../options.js";

/** Options of `pipeline check`. */
export interface CheckOptions extends InputFlags {
  readonly files?: string[];
  readonly json?: boolean;
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
  program
    .command("explain")
    .description("explain what an indicator or an expression computes")
    .argument("<expression>", "an id or alias, or an expression")
    .action(async (text: string) => {
      const { explain } = await import("../run/pipeline.js");
      console.log(explain(text));
    });
}
