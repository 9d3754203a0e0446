import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, root, run, say } from "./process.mjs";
import { hashOf } from "./stamps.mjs";

/**
 * A virtual environment with the packages of `requirements.txt` in a folder, which lists all of them; it is made
 * when it is missing or of another list.
 *
 * @param {string} folder relative to the root
 * @param {string} what for the line that says what is done
 * @returns {Promise<string>} its Python
 */
export async function installPython(folder, what) {
  const environment = join(root, folder, ".venv");
  const python = join(
    environment,
    process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
  );
  const requirements = `${folder}/requirements.txt`;
  const wanted = hashOf([requirements]);
  const stamp = join(environment, ".stamp");
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted)
    return python;
  say(`installing ${what}`);
  const base = process.platform === "win32" ? "python" : "python3";
  if ((await codeOf(base, ["-m", "venv", environment])) !== 0) {
    throw new Failure(`${what} need Python 3 with venv, and there is none.`);
  }
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const from = ["--only-binary", ":all:", "--no-deps", "-r", join(root, requirements)];
  if ((await codeOf(python, [...install, ...from])) !== 0) {
    throw new Failure(`pip could not install ${what}.`);
  }
  writeFileSync(stamp, wanted);
  return python;
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
