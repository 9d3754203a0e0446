// Puts the rivals in place: npm's by their lock file, Python's into a virtual environment of their own.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installFolder } from "../tools/folders.mjs";
import { Failure, run, say } from "../tools/process.mjs";
import { hashOf } from "../tools/stamps.mjs";

const folder = fileURLToPath(new URL("rivals", import.meta.url));
const environment = `${folder}/.venv`;
const inEnvironment = `${environment}/${process.platform === "win32" ? "Scripts/python.exe" : "bin/python"}`;

/** The Python that has the rivals, if there is one, or why there is none. */
export const python = { command: undefined, missing: "not asked for" };

/** Installs the npm rivals when they are missing or from another lock file or Node. */
export async function installNpmRivals() {
  try {
    await installFolder("plugin/bench/rivals", "the npm rivals");
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(`the npm rivals are left out: ${error.message}`);
  }
}

/** Makes the virtual environment of the Python rivals; without Python they are left out. */
export async function installPythonRivals() {
  const wanted = hashOf(["plugin/bench/rivals/requirements.txt"]);
  const stamp = `${environment}/.stamp`;
  if (existsSync(inEnvironment) && stampIn(stamp) === wanted) {
    python.command = inEnvironment;
    return;
  }
  say("installing the Python rivals");
  const failed = await makeEnvironment();
  if (failed) {
    python.missing = failed;
    say(`the Python rivals are left out: ${failed}`);
    return;
  }
  writeFileSync(stamp, wanted);
  python.command = inEnvironment;
}

/** @returns {Promise<string | undefined>} what did not work */
async function makeEnvironment() {
  const base = process.platform === "win32" ? "python" : "python3";
  if ((await codeOf(base, ["-m", "venv", environment])) !== 0) return `no ${base} with venv`;
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const from = ["--only-binary", ":all:", "--no-deps", "-r", `${folder}/requirements.txt`];
  if ((await codeOf(inEnvironment, [...install, ...from])) !== 0) return "pip install failed";
  return undefined;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
async function codeOf(command, args) {
  try {
    return await run(command, args);
  } catch {
    return 1;
  }
}

/** @param {string} file */
function stampIn(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
