import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Failure, root, runCargo, runNpm, runPackage, say } from "./process.mjs";
import { filesUnder, hashOf, readStamps, writeStamps } from "./stamps.mjs";

/** Installs the npm packages if they are missing or belong to another lock file or Node. */
export async function installPackages() {
  const [major] = process.versions.node.split(".");
  const wanted = hashOf(
    ["package-lock.json", "plugin/package.json"],
    `${process.platform}-${process.arch}-node${major}`,
  );
  if (readStamps().install === wanted) return;
  say("installing npm packages");
  const code = await runNpm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code !== 0) throw new Failure("npm ci failed.", code);
  writeStamps({ install: wanted });
}

/**
 * Builds the Rust addon, and writes the file that loads it. Cargo knows whether there is something to
 * do.
 *
 * @param {{ output?: string, options?: string[], env?: NodeJS.ProcessEnv }} [how] where it goes, more
 * options of `napi build`, and the environment
 */
export async function buildAddon({ output = "plugin/native", options = [], env } = {}) {
  const args = ["build", "--platform", "--profile", "addon", ...options];
  args.push("--manifest-path", "crates/ta-node/Cargo.toml");
  args.push("--package-json-path", "plugin/package.json", "--output-dir", output);
  args.push("--js", "index.cjs", "--dts", "index.d.cts");
  const code = await runPackage("@napi-rs/cli", "napi", args, {
    ...(env && { env }),
    onStderrLine: announcing("the Rust addon"),
  });
  if (code !== 0) throw new Failure("Building the Rust addon failed.", code);
}

/**
 * Passes on what cargo says, after a line about what is built. When there is nothing to do, cargo
 * prints one line only, and this nothing.
 *
 * @param {string} what
 * @returns {(line: string) => void}
 */
function announcing(what) {
  let announced = false;
  return (line) => {
    if (/^\s*Finished /.test(line)) return;
    if (!announced) say(`building ${what}`);
    announced = true;
    console.error(line);
  };
}

/**
 * Puts a file in the place of another one, unless both are the same.
 *
 * @param {string} target
 * @param {string} file
 */
export function replace(target, file) {
  if (sameContent(file, target)) return;
  mkdirSync(dirname(target), { recursive: true });
  // Replaced by renaming, so that a process that has mapped the old file keeps it.
  const temporary = `${target}.${process.pid}.tmp`;
  copyFileSync(file, temporary);
  try {
    renameSync(temporary, target);
  } catch {
    rmSync(temporary, { force: true });
    throw new Failure(`${target} cannot be replaced: end the processes that use it and try again.`);
  }
}

/**
 * Builds a library; cargo knows whether there is something to do.
 *
 * @param {string[]} args of `cargo build`
 * @param {string} what what is built, for the log
 * @param {RegExp} ending that of the library's file
 * @returns {Promise<string>} the path of the library
 */
export async function cargoBuild(args, what, ending) {
  /** @type {string[]} */
  let files = [];
  const code = await runCargo(["build", ...args, "--message-format=json-render-diagnostics"], {
    onStdoutLine(line) {
      const message = parseJson(line);
      if (message?.reason === "compiler-artifact" && message.target.kind.includes("cdylib")) {
        files = message.filenames;
      }
    },
    onStderrLine: announcing(what),
  });
  if (code !== 0) throw new Failure(`Building ${what} failed.`, code);
  const library = files.find((file) => ending.test(file));
  if (!library) throw new Failure(`cargo built ${what} but named no library.`);
  return library;
}

/** The package contains the bars that examples read. */
const bars = { from: "golden/data/stocks.csv", to: "plugin/data/stocks.csv" };

/** Compiles the plugin if its sources have changed. */
export async function buildPlugin() {
  const sources = filesUnder("plugin/src").filter((path) => path.endsWith(".ts"));
  const configuration = ["tsconfig.json", "plugin/tsconfig.json", "package-lock.json"];
  const wanted = hashOf([...sources, ...configuration, bars.from]);
  const built = ["plugin/dist/index.js", bars.to].every((path) => existsSync(join(root, path)));
  if (built && readStamps().plugin === wanted) return;
  say("compiling the plugin");
  const emitted = new Set();
  // Declarations keep their comments, code does not.
  for (const part of [["--emitDeclarationOnly"], ["--declaration", "false", "--removeComments"]]) {
    const args = ["-p", "plugin/tsconfig.json", "--listEmittedFiles", ...part];
    const code = await runPackage("typescript", "tsc", args, {
      onStdoutLine(line) {
        if (line.startsWith("TSFILE: ")) emitted.add(resolve(root, line.slice("TSFILE: ".length)));
        else console.log(line);
      },
    });
    if (code !== 0) throw new Failure("The plugin did not compile.", code);
  }
  for (const file of emitted) if (file.endsWith(".d.ts")) indentByTabs(file);
  copyFileSync(join(root, bars.from), join(root, bars.to));
  removeOrphans(emitted);
  writeStamps({ plugin: wanted });
}

/**
 * Replaces the compiler's indentation, which would be a fortieth of the package.
 *
 * @param {string} file
 */
function indentByTabs(file) {
  const text = readFileSync(file, "utf8");
  const tabs = (/** @type {string} */ spaces) => "\t".repeat(spaces.length / 4);
  writeFileSync(file, text.replace(/^( {4})+/gm, tabs));
}

/**
 * Removes files of earlier builds whose sources are gone, so that they do not get into the package.
 *
 * @param {Set<string>} emitted
 */
function removeOrphans(emitted) {
  for (const path of filesUnder("plugin/dist")) {
    const file = resolve(root, path);
    if (!emitted.has(file)) rmSync(file);
  }
}

/**
 * @param {string} first
 * @param {string} second
 */
function sameContent(first, second) {
  if (!existsSync(second) || statSync(first).size !== statSync(second).size) return false;
  return readFileSync(first).equals(readFileSync(second));
}

/** @param {string} line */
function parseJson(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
