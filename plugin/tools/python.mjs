import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, root, run, say } from "./process.mjs";
import { hashOf } from "./stamps.mjs";

const [usual, inEnvironment] =
  process.platform === "win32" ? ["python", "Scripts/python.exe"] : ["python3", "bin/python"];
/** The oldest Python that the listed packages support. */
const usualOldest = [3, 11];

/**
 * Makes a virtual environment with the packages of `requirements.txt` in a folder, if it is missing
 * or belongs to another list. The list must contain all packages, dependencies too.
 *
 * @param {string} folder relative to the root
 * @param {string} what what is installed, for the log
 * @param {{ base?: string, oldest?: number[] }} [options] the Python to use; with it, the
 * environment is one of its own
 * @returns {Promise<string>} its Python
 */
export async function installPython(folder, what, { base, oldest = usualOldest } = {}) {
  const environment = join(root, folder, base ? `.venv-${base}` : ".venv");
  const python = join(environment, inEnvironment);
  const requirements = `${folder}/requirements.txt`;
  const wanted = hashOf([requirements]);
  const stamp = join(environment, ".stamp");
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted)
    return python;
  say(`installing ${what}`);
  const needed = `Python ${oldest.join(".")} or newer with venv is needed for ${what}`;
  const command = base ?? usual;
  const version = await versionOf(command);
  if (!version) throw new Failure(`${needed}, and ${command} was not found.`);
  const [major = 0, minor = 0] = version;
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new Failure(`${needed}, and ${command} is ${version.join(".")}.`);
  }
  if ((await codeOf(command, ["-m", "venv", "--clear", environment])) !== 0) {
    throw new Failure(`${needed}, and ${command} has no venv that works.`);
  }
  await installRequirements(python, requirements, ["--only-binary", ":all:"]);
  writeFileSync(stamp, wanted);
  return python;
}

/**
 * Installs the packages of a list, without their dependencies.
 *
 * @param {string} python
 * @param {string} requirements relative to the root
 * @param {string[]} [options] of pip
 */
export async function installRequirements(python, requirements, options = []) {
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
  if ((await codeOf(python, [...install, ...options, "-r", join(root, requirements)])) !== 0) {
    throw new Failure(`pip could not install ${requirements}.`);
  }
}

/**
 * @param {string} command
 * @returns {Promise<number[] | undefined>} undefined if it cannot be run
 */
export async function versionOf(command) {
  /** @type {string[]} */
  const lines = [];
  const print = ["-c", "import sys; print(*sys.version_info[:3], sep='.')"];
  const code = await codeOf(command, print, { onStdoutLine: (line) => lines.push(line) });
  return code === 0 ? lines[0]?.split(".").map(Number) : undefined;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import("./process.mjs").RunOptions} [options]
 */
async function codeOf(command, args, options) {
  try {
    return await run(command, args, options);
  } catch {
    return 1;
  }
}
