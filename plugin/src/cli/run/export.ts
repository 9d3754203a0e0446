/** Executes `pipeline export`. */

// Registers .ta.
import "../../api/ta.js";
import { writeFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { TaError } from "../../core/errors.js";
import { checkWritable, isPath, writeWhole } from "../../files/whole.js";
import type { PipelineConfig } from "../../pipeline/config.js";
import { isConfig, loadConfig } from "../../pipeline/load.js";
import { pipeline } from "../../pipeline/pipeline.js";
import type { ExportOptions } from "../commands/pipeline.js";
import { targetOf } from "../inputs.js";
import { count } from "../text.js";

/** Runs `pipeline export`. */
export async function exportPipeline(file: string, options: ExportOptions): Promise<void> {
  const out = targetOf(options.out);
  if (isPath(out)) checkWritable(out);
  const made = pipeline((await configIn(file)) as PipelineConfig);
  const text = `${JSON.stringify(made, null, 2)}\n`;
  await writeWhole(out, (path) => writeFile(path, text));
  if (isPath(out)) console.log(`${out}: ${count(made.columns.length, "feature")}`);
}

const MODULES = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

/** The configuration in a file. A module may also have a pipeline. */
async function configIn(file: string): Promise<unknown> {
  if (isConfig(file)) return loadConfig(file);
  if (!MODULES.includes(extname(file).toLowerCase())) {
    throw new TaError(
      `"${file}" is neither a configuration (.json, .yaml, .yml) nor a module (${MODULES.join(", ")})`,
    );
  }
  const found = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown };
  if (found.default === undefined) {
    throw new TaError(`"${file}" has no default export; export a pipeline or its configuration`);
  }
  // As JSON, because the module may have a pipeline of another copy of this package.
  return JSON.parse(JSON.stringify(found.default));
}
