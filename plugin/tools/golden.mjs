// Regenerates the golden fixtures with the reference libraries and formulas.
import { join } from "node:path";
import { root, run } from "./process.mjs";
import { installPython, installRequirements } from "./python.mjs";

const at = (/** @type {string} */ path) => join(root, "golden", path);

/**
 * @param {string[]} ids native indicators to regenerate; if empty, all fixtures
 * @returns {Promise<number>} the exit code
 */
export async function regenerateGolden(ids) {
  const python = await installPython("golden", "the libraries that golden values come from");
  if (ids.length > 0) return run(python, [at("generate_native.py"), ...ids]);
  await installRequirements(python, "golden/requirements-source.txt");
  for (const program of ["generate.py", "generate_native.py", "generate_pipelines.py"]) {
    const code = await run(python, [at(program)]);
    if (code !== 0) return code;
  }
  return 0;
}
