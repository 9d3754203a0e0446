// Installs the rivals: npm's by their lock file, Python's into a virtual environment; Rust's are
// built.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installFolder } from "../tools/folders.mjs";
import { host, makeNativeCopy } from "../tools/native-copy.mjs";
import { Failure, root, runCargo, say } from "../tools/process.mjs";
import { installPython } from "../tools/python.mjs";
import { buildWheel, installWheel, putWheel } from "../tools/wheel.mjs";

const folder = "plugin/bench/rivals";

/** The Python with the rivals, or the reason why there is none. */
export const python = { command: undefined, missing: "not asked for" };

/** Whether that Python has our wheel. */
export const wheel = { installed: false };

/** The Python with Spark and our wheel. */
export const spark = { command: undefined };

/** The copy of the project whose nodejs-polars runs plugin expressions. */
export const copy = { folder: undefined };

/** The program with Rust's rival. */
export const rust = { command: undefined };

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

/** Builds our wheel, and installs it beside the Python rivals. */
export async function installOurWheel() {
  await leftOut("polars-ta", async () => {
    if (python.command === undefined) throw new Failure(python.missing);
    await putWheel(await buildWheel(), python.command);
    wheel.installed = true;
  });
}

/** Makes the environment with Spark and our wheel. */
export async function installSpark() {
  await leftOut("Spark", async () => {
    spark.command = await installWheel(await buildWheel(), "spark");
  });
}

/** Makes the copy for native mode, which is removed when this process ends. */
export async function installNativeHost() {
  await leftOut("native", async () => {
    if (host.missing) throw new Failure(host.missing);
    const folder = mkdtempSync(join(tmpdir(), "ta-bench-native-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    await makeNativeCopy(folder);
    const skipped = [".data", "node_modules", ".venv", "target"];
    cpSync(join(root, "plugin/bench"), join(folder, "plugin/bench"), {
      recursive: true,
      filter: (path) => !skipped.some((name) => path.endsWith(`/${name}`)),
    });
    copy.folder = folder;
  });
}

/** Builds the contender in Rust. */
export async function installRustRivals() {
  await leftOut("Rust", async () => {
    const crate = join(root, folder, "wickra");
    const args = ["build", "--release", "--quiet", "--locked"];
    const code = await runCargo(args, { cwd: crate });
    if (code !== 0) throw new Failure("the wickra crate did not build.", code);
    const name = process.platform === "win32" ? "bench-wickra.exe" : "bench-wickra";
    rust.command = join(crate, "target/release", name);
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
