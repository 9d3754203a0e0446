/** `pipeline check` and `explain`: what a configuration or an expression means. */

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
    .description("check a configuration, and what it needs of files")
    .argument("<file>", "a configuration, .yaml or .json")
    .option("--files <files...>", "files whose columns it must fit")
    .option("--json", "print the configuration with every parameter spelled out");
  for (const option of inputOptions) checking.addOption(option);
  checking.action(async (file: string, options: CheckOptions) => {
    const { check } = await import("../run/pipeline.js");
    await check(file, options);
  });
  program
    .command("explain")
    .description("say what an indicator or an expression computes")
    .argument("<expression>", "an id or alias, or an expression of several")
    .action(async (text: string) => {
      const { explain } = await import("../run/pipeline.js");
      console.log(explain(text));
    });
}
