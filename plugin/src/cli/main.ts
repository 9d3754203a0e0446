/** The command line: `nodejs-polars-ta <command>`. One file for each group of commands. */

import { createRequire } from "node:module";
import { Command, CommanderError } from "commander";
import { addCatalog } from "./catalog.js";
import { addChart } from "./chart.js";
import { addCheck } from "./check.js";
import { addCompute } from "./compute.js";
import { addPipeline } from "./pipeline.js";
import { EXIT, UsageError } from "./text.js";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

const program = new Command("nodejs-polars-ta")
  .description("Technical indicators for nodejs-polars: what there is, and features of files.")
  .version(version)
  .exitOverride();
addCheck(program);
addCompute(program);
addChart(program);
addCatalog(program);
addPipeline(program);

// A reader that has seen enough, such as head, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : EXIT.failed);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong in one sentence; returns the exit code. */
function report(error: unknown): number {
  // Commander has said its own, and what it was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  console.error(error instanceof Error ? error.message : String(error));
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}
