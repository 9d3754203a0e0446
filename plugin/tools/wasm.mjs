// Builds the WebAssembly module, if this machine's Rust can.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run, say } from "./process.mjs";
import { cargoBuild, replace } from "./setup.mjs";

const TARGET = "wasm32-unknown-unknown";

/** The module, where the plugin loads it from. */
const wasmFile = join(root, "plugin/wasm/ta.wasm");

/** Builds the module, unless this machine's Rust cannot. */
export async function buildWasm() {
  if (!(await hasTarget())) {
    say(
      `going on without WebAssembly: this Rust has no ${TARGET}, and there is no rustup that can add it`,
    );
    return;
  }
  const args = ["--profile", "wasm", "--target", TARGET, "-p", "ta-wasm"];
  const what = "the WebAssembly module, which takes a few minutes";
  replace(wasmFile, await cargoBuild(args, what, /\.wasm$/));
}

/** Whether Rust can build for the target; adds it if rustup can. */
async function hasTarget() {
  const folder = join(output("rustc", ["--print", "sysroot"]), "lib/rustlib", TARGET);
  if (existsSync(folder)) return true;
  if (output("rustup", ["--version"]) === "") return false;
  say(`adding the target ${TARGET} to Rust`);
  return (await run("rustup", ["target", "add", TARGET])) === 0;
}

/**
 * What a command prints; an empty text if it cannot be run.
 *
 * @param {string} command
 * @param {string[]} args
 */
function output(command, args) {
  try {
    return execFileSync(command, args, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}
