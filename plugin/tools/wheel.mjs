// Builds the wheel of the Python package, and environments that have it.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { Failure, root, run, say } from "./process.mjs";
import { installPython } from "./python.mjs";

const folder = "crates/ta-polars/python";
const wheels = join(root, "target/wheels");

/** The oldest Python that the package supports. */
export const OLDEST_PYTHON = [3, 10];

/**
 * Builds the wheel.
 *
 * @returns {Promise<string>} its path
 */
export async function buildWheel() {
  const what = "the builder of the Python package";
  const python = await installPython(`${folder}/environments/build`, what, {});
  rmSync(wheels, { recursive: true, force: true });
  mkdirSync(wheels, { recursive: true });
  say("building the Python package");
  const build = ["-m", "maturin", "build", "--quiet", "--locked", "--out", wheels];
  // Maturin takes the first Python of the PATH, which must be the one that has its packages.
  const bin = dirname(python);
  const env = {
    ...process.env,
    VIRTUAL_ENV: dirname(bin),
    PATH: `${bin}${delimiter}${process.env.PATH}`,
  };
  const code = await run(python, build, { cwd: join(root, folder), env });
  const [wheel] = readdirSync(wheels).filter((name) => name.endsWith(".whl"));
  if (code !== 0 || !wheel) throw new Failure("The Python package did not build.", code || 1);
  return join(wheels, wheel);
}

/**
 * Makes an environment with a wheel.
 *
 * @param {string} wheel its path
 * @param {"newest" | "oldest" | "spark"} list which packages: a supported version of polars, or Spark
 * @param {string} [base] the Python to use
 * @returns {Promise<string>} its Python
 */
export async function installWheel(wheel, list, base) {
  const place = `${folder}/environments/${list}`;
  const what = list === "spark" ? "Python with Spark" : `Python with the ${list} polars`;
  const python = await installPython(place, what, { oldest: OLDEST_PYTHON, ...(base && { base }) });
  await putWheel(wheel, python);
  return python;
}

/**
 * Installs a wheel, if an environment does not have it already.
 *
 * @param {string} wheel its path
 * @param {string} python the Python of the environment
 */
export async function putWheel(wheel, python) {
  const stamp = join(python, "../../.wheel");
  const content = readFileSync(wheel).toString("base64");
  if (readIfThere(stamp) === content) return;
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
  const code = await run(python, [...install, "--force-reinstall", wheel]);
  if (code !== 0) throw new Failure(`pip could not install ${wheel}.`);
  writeFileSync(stamp, content);
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
