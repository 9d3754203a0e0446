/** The command line: `nodejs-polars-ta <command>`. One file for each group of commands. */

import { createRequire } from "node:module";
import { Command } from "commander";
import { addCatalog } from "./commands/catalog.js";
import { addChart } from "./commands/chart.js";
import { addCheck } from "./commands/check.js";
import { addCompute } from "./commands/compute.js";
import { addLive } from "./commands/live.js";
import { addPipeline } from "./commands/pipeline.js";
import { watchOutput } from "./output.js";
import { report } from "./report.js";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

const program = new Command("nodejs-polars-ta")
  .description("Technical indicators for nodejs-polars: the catalog, and features of files.")
  .version(version)
  .exitOverride();
addCheck(program);
addCompute(program);
addLive(program);
addChart(program);
addCatalog(program);
addPipeline(program);

watchOutput();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
