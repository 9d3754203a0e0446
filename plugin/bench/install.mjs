// Installs the rivals: npm's by their lock file, Python's into a virtual environment.
import { installFolder } from "../tools/folders.mjs";
import { Failure, say } from "../tools/process.mjs";
import { installPython } from "../tools/python.mjs";

const folder = "plugin/bench/rivals";

/** The Python with the rivals, or the reason why there is none. */
export const python = { command: undefined, missing: "not asked for" };

/** Installs the npm rivals if they are missing or belong to another lock file or Node. */
export async function installNpmRivals() {
  await leftOut("npm", () => installFolder(folder, "the npm rivals"));
}

/** Makes the virtual environment of the Python rivals. Without Python they are left out. */
export async function installPythonRivals() {
  await leftOut("Python", async () => {
    python.command = await installPython(folder, "the Python rivals");
  });
}

/**
 * The benchmark continues without rivals that cannot be installed.
 *
 * @param {string} which
 * @param {() => Promise<void>} install
 */
async function leftOut(which, install) {
  try {
    await install();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (which === "Python") python.missing = error.message;
    say(`the ${which} rivals are left out: ${error.message}`);
  }
}
