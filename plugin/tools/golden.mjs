// The golden fixtures, made anew by the libraries and formulas that judge the indicators.
import { join } from "node:path";
import { root, run } from "./process.mjs";
import { installPython, installRequirements } from "./python.mjs";

const at = (/** @type {string} */ path) => join(root, "golden", path);

/**
 * @param {string[]} ids native indicators whose values are wanted: all fixtures, if there are none
 * @returns {Promise<number>} the exit code
 */
export async function regenerateGolden(ids) {
  const python = await installPython("golden", "the libraries that golden values come from");
  if (ids.length > 0) return run(python, [at("generate_native.py"), ...ids]);
  await installRequirements(python, "golden/requirements-source.txt");
  return (await run(python, [at("generate.py")])) || run(python, [at("generate_native.py")]);
}
