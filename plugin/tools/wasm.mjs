// Builds the WebAssembly module, if this machine's Rust can.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Failure, root, run, runCargo, say } from "./process.mjs";
import { filesUnder, hashOf, readStamps, writeStamps } from "./stamps.mjs";

const TARGET = "wasm32-unknown-unknown";

/** The module, where the plugin loads it from. */
export const wasmFile = join(root, "plugin/wasm/ta.wasm");

/** Builds the module if its sources have changed. Goes on without it where it cannot be built. */
export async function buildWasm() {
  const wanted = hashOf(sources());
  if (existsSync(wasmFile) && readStamps().wasm === wanted) return;
  if (!(await hasTarget())) {
    say(
      `going on without WebAssembly: this Rust has no ${TARGET}, and there is no rustup that can add it`,
    );
    return;
  }
  say("building the WebAssembly module, which takes a few minutes");
  const args = ["build", "--profile", "wasm", "--target", TARGET, "-p", "ta-wasm"];
  const code = await runCargo(args);
  if (code !== 0) throw new Failure("The WebAssembly module did not build.", code);
  mkdirSync(join(root, "plugin/wasm"), { recursive: true });
  copyFileSync(join(targetFolder(), TARGET, "wasm/ta_wasm.wasm"), wasmFile);
  writeStamps({ wasm: wanted });
}

/** Everything that the module is made of: other hosts are not, nor are tests. */
function sources() {
  const files = filesUnder("crates").filter((path) => {
    const [, crate = "", folder = ""] = path.split("/");
    return (
      !["ta-node", "ta-polars", "xtask"].includes(crate) &&
      ["src", "build", "Cargo.toml"].includes(folder)
    );
  });
  return [...files, "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo/config.toml"];
}

/** Whether Rust can build for the target; adds it if rustup can. */
async function hasTarget() {
  const folder = join(output("rustc", ["--print", "sysroot"]), "lib/rustlib", TARGET);
  if (existsSync(folder)) return true;
  if (output("rustup", ["--version"]) === "") return false;
  say(`adding the target ${TARGET} to Rust`);
  return (await run("rustup", ["target", "add", TARGET])) === 0;
}

/** Where cargo builds. */
function targetFolder() {
  const args = ["metadata", "--format-version", "1", "--no-deps"];
  return JSON.parse(output("cargo", args)).target_directory;
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
