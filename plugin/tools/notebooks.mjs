// Runs notebooks in the kernels of Deno and tslab (for Node).
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
 *   `write`, the new outputs are saved; otherwise they must equal the saved ones. `notebooks` is the folder, relative
 *   to the root; `names` are the notebooks to run, without `.ipynb`; if empty, all
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
    // The user's kernels and settings must not influence a test.
    JUPYTER_PATH: data,
    JUPYTER_DATA_DIR: data,
    JUPYTER_CONFIG_DIR: join(data, "config"),
    DENO_DIR: join(data, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
  };
  const args = [at("run.py"), resolve(root, notebooks), write ? "write" : "check", ...names];
  return run(python, args, { env, ...(onLine && { onStdoutLine: onLine }) });
}

/** Writes the descriptions of the kernels to a folder that only this program uses. */
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
