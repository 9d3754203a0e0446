// Notebooks, run by the kernels that people use: Deno's, and tslab for Node.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { installFolder } from "./folders.mjs";
import { root, run } from "./process.mjs";
import { installPython } from "./python.mjs";

const folder = "plugin/tools/notebooks";
const at = (/** @type {string} */ path) => join(root, folder, path);

/**
 * Runs the notebooks of a folder.
 *
 * @param {{ write: boolean, notebooks?: string, onLine?: (line: string) => void, names?: string[] }} options with
 *   `write`, what they show is kept; otherwise it must be what they have shown. `notebooks` is the folder, relative
 *   to the root; `names` are those to run, without `.ipynb`: all, if there are none
 * @returns {Promise<number>} the exit code
 */
export async function runNotebooks({ write, notebooks = "notebooks", onLine, names = [] }) {
  await installFolder(folder, "the kernels of notebooks");
  const python = await installPython(folder, "the runner of notebooks");
  const data = writeKernels();
  const env = {
    ...process.env,
    NO_COLOR: "1",
    PYTHONUTF8: "1",
    // Kernels and settings of the user must not decide what a test sees.
    JUPYTER_PATH: data,
    JUPYTER_DATA_DIR: data,
    JUPYTER_CONFIG_DIR: join(data, "config"),
    DENO_DIR: join(data, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
  };
  const args = [at("run.py"), resolve(root, notebooks), write ? "write" : "check", ...names];
  return run(python, args, { env, ...(onLine && { onStdoutLine: onLine }) });
}

/** Puts the kernels where only this program looks for them. */
function writeKernels() {
  const data = at("node_modules/.jupyter");
  const kernels = {
    deno: {
      argv: [at("node_modules/deno/bin.cjs"), "jupyter", "--kernel", "--conn", "{connection_file}"],
      display_name: "Deno",
      language: "typescript",
    },
    tslab: {
      argv: [at("node_modules/tslab/bin/tslab"), "kernel", "--config-path={connection_file}"],
      display_name: "TypeScript",
      language: "typescript",
    },
  };
  for (const [name, { argv, ...rest }] of Object.entries(kernels)) {
    const place = join(data, "kernels", name);
    mkdirSync(place, { recursive: true });
    const spec = { argv: [process.execPath, ...argv], env: { NO_COLOR: "1" }, ...rest };
    writeFileSync(join(place, "kernel.json"), JSON.stringify(spec, null, 2));
  }
  return data;
}
